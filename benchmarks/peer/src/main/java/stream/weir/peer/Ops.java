package stream.weir.peer;

import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import stream.weir.peer.Types.*;

/** Terminal operators: they consume rows and report (row count, checksum) as accumulators at the end of input. */
public final class Ops {
    private Ops() {}

    public abstract static class Terminal<IN> extends AbstractStreamOperator<Long>
            implements OneInputStreamOperator<IN, Long>, BoundedOneInput {
        protected long sum, rows;

        @Override
        public void endInput() throws Exception {
            Stats.last();
            finalRows();
            LongCounter s = new LongCounter(), r = new LongCounter();
            s.add(sum);
            r.add(rows);
            getRuntimeContext().addAccumulator("checksum", s);
            getRuntimeContext().addAccumulator("rows", r);
        }

        protected void finalRows() throws Exception {}
    }

    public static final class SumRow5 extends Terminal<Row5> {
        @Override
        public void processElement(StreamRecord<Row5> e) {
            Row5 r = e.getValue();
            sum += Gen.row(r.a, r.b, r.c, r.d, r.e);
            rows++;
        }
    }

    public static final class SumRow3 extends Terminal<Row3> {
        @Override
        public void processElement(StreamRecord<Row3> e) {
            Row3 r = e.getValue();
            sum += Gen.row(r.a, r.b, r.c);
            rows++;
        }
    }

    public static final class SumRow4 extends Terminal<Row4> {
        @Override
        public void processElement(StreamRecord<Row4> e) {
            Row4 r = e.getValue();
            sum += Gen.row(r.a, r.b, r.c, r.d);
            rows++;
        }
    }

    /** W3: running sum and count in ValueState; the final scan over all keys makes the rows. */
    public static final class KeyedSum extends Terminal<Kv> {
        private transient ValueState<SumCount> state;
        private transient ValueStateDescriptor<SumCount> desc;

        @Override
        public void open() throws Exception {
            super.open();
            desc = new ValueStateDescriptor<>("sum", Types.SUMCOUNT);
            state = getPartitionedState(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, desc);
        }

        @Override
        public void processElement(StreamRecord<Kv> e) throws Exception {
            Kv r = e.getValue();
            SumCount s = state.value();
            if (s == null) s = new SumCount();
            s.sum += r.value;
            s.count++;
            state.update(s);
        }

        @Override
        protected void finalRows() throws Exception {
            getKeyedStateBackend()
                    .applyToAllKeys(VoidNamespace.INSTANCE, VoidNamespaceSerializer.INSTANCE, desc, (k, st) -> {
                        SumCount s = st.value();
                        sum += Gen.row((Long) k, s.sum, s.count);
                        rows++;
                    });
        }
    }

    /** W4: 64-byte value in ValueState; the checksum telescopes (minus old row, plus new row). */
    public static final class KeyedV64 extends Terminal<Kv> {
        private transient ValueState<V64> state;
        private transient Progress progress;

        @Override
        public void open() throws Exception {
            super.open();
            progress = Progress.open(
                    getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                    getRuntimeContext().getTaskInfo().getAttemptNumber());
            state = getPartitionedState(
                    VoidNamespace.INSTANCE,
                    VoidNamespaceSerializer.INSTANCE,
                    new ValueStateDescriptor<>("v", Types.V64T));
        }

        @Override
        public void processElement(StreamRecord<Kv> e) throws Exception {
            Kv r = e.getValue();
            if (progress != null) progress.tick();
            V64 v = state.value();
            if (v == null) {
                v = new V64();
                v.maxSeq = -1;
                v.max1 = Long.MIN_VALUE;
                rows++;
            } else sum -= hash(r.key, v);
            long h1 = Gen.mix(r.seq + 1), h2 = Gen.mix(~r.seq);
            v.sum += r.value;
            v.count++;
            v.maxSeq = Math.max(v.maxSeq, r.seq);
            v.xor1 ^= h1;
            v.sum1 += h1;
            v.xor2 ^= h2;
            v.sum2 += h2;
            v.max1 = Math.max(v.max1, h1);
            sum += hash(r.key, v);
            state.update(v);
        }

        static long hash(long k, V64 v) {
            return Gen.row(k, v.sum, v.count, v.maxSeq, v.xor1, v.sum1, v.xor2, v.sum2, v.max1);
        }
    }

    static <T> TypeInformation<Long> out() {
        return org.apache.flink.api.common.typeinfo.Types.LONG;
    }
}

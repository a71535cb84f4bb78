package stream.weir.peer;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.ReduceFunction;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import stream.weir.peer.Types.*;

/** Functions and operators of the windowed workloads. */
final class Windows {
    private Windows() {}

    public static final class Auctions implements FlatMapFunction<Ev, Long> {
        @Override
        public void flatMap(Ev e, Collector<Long> o) {
            if (e.type == 2) o.collect(e.a);
        }
    }

    public static final class Count implements AggregateFunction<Long, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Long v, Long acc) {
            return acc + 1;
        }

        @Override
        public Long getResult(Long acc) {
            return acc;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    public static final class SumPanes implements AggregateFunction<Row3, Long, Long> {
        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(Row3 v, Long acc) {
            return acc + v.c;
        }

        @Override
        public Long getResult(Long acc) {
            return acc;
        }

        @Override
        public Long merge(Long a, Long b) {
            return a + b;
        }
    }

    public static final class CountRow extends ProcessWindowFunction<Long, Row3, Long, TimeWindow> {
        @Override
        public void process(Long key, Context c, Iterable<Long> in, Collector<Row3> o) {
            o.collect(new Row3(c.window().getEnd(), key, in.iterator().next()));
        }
    }

    public static final class Top implements ReduceFunction<Row3> {
        @Override
        public Row3 reduce(Row3 x, Row3 y) {
            return y.c > x.c || y.c == x.c && y.b < x.b ? new Row3(y.a, y.b, y.c) : x;
        }
    }

    public static final class Auction3 implements KeySelector<Row3, Long> {
        @Override
        public Long getKey(Row3 r) {
            return r.b;
        }
    }

    /** Chained to the source: bids per (2 s pane, auction) in an open-addressing map, emitted on the watermark and before each barrier. */
    public static final class LocalCount extends org.apache.flink.streaming.api.operators.AbstractStreamOperator<Row3>
            implements OneInputStreamOperator<Long, Row3> {
        static final class Pane {
            long[] k = new long[1 << 15];
            long[] n = new long[1 << 15];
            int size;

            void add(long key) {
                int m = k.length - 1, i = (int) Gen.mix(key) & m;
                while (n[i] != 0 && k[i] != key) i = i + 1 & m;
                if (n[i]++ == 0) {
                    k[i] = key;
                    if (++size > k.length / 2) grow();
                }
            }

            void grow() {
                long[] ok = k, on = n;
                k = new long[ok.length * 2];
                n = new long[ok.length * 2];
                int m = k.length - 1;
                for (int j = 0; j < ok.length; j++)
                    if (on[j] != 0) {
                        int i = (int) Gen.mix(ok[j]) & m;
                        while (n[i] != 0) i = i + 1 & m;
                        k[i] = ok[j];
                        n[i] = on[j];
                    }
            }
        }

        private transient java.util.TreeMap<Long, Pane> open;
        private transient long curEnd;
        private transient Pane cur;

        @Override
        public void open() throws Exception {
            super.open();
            open = new java.util.TreeMap<>();
            curEnd = -1;
        }

        @Override
        public void processElement(org.apache.flink.streaming.runtime.streamrecord.StreamRecord<Long> e) {
            long ts = e.getTimestamp(), end = ts - ts % 2000 + 2000;
            if (end != curEnd) {
                cur = open.computeIfAbsent(end, x -> new Pane());
                curEnd = end;
            }
            cur.add(e.getValue());
        }

        private void flush(long end, Pane p) {
            Row3 r = new Row3();
            org.apache.flink.streaming.runtime.streamrecord.StreamRecord<Row3> rec =
                    new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(r, end - 1);
            for (int i = 0; i < p.k.length; i++)
                if (p.n[i] != 0) {
                    r.a = end;
                    r.b = p.k[i];
                    r.c = p.n[i];
                    output.collect(rec);
                }
        }

        @Override
        public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark w) throws Exception {
            while (!open.isEmpty() && open.firstKey() - 1 <= w.getTimestamp()) {
                var x = open.pollFirstEntry();
                if (x.getKey() == curEnd) curEnd = -1;
                flush(x.getKey(), x.getValue());
            }
            super.processWatermark(w);
        }

        @Override
        public void prepareSnapshotPreBarrier(long id) {
            open.forEach(this::flush);
            open.clear();
            curEnd = -1;
        }
    }

    public static final class Bids7 implements FlatMapFunction<Ev, Row4> {
        private transient Row4 r;

        @Override
        public void flatMap(Ev e, Collector<Row4> o) {
            if (e.type != 2) return;
            if (r == null) r = new Row4();
            r.a = e.ts;
            r.b = e.c;
            r.c = e.a;
            r.d = e.b;
            o.collect(r);
        }
    }

    static boolean greater(Row4 y, Row4 x) {
        return y.b != x.b ? y.b > x.b : y.c != x.c ? y.c > x.c : y.d > x.d;
    }

    public static final class Max7 implements ReduceFunction<Row4> {
        @Override
        public Row4 reduce(Row4 x, Row4 y) {
            return greater(y, x) ? new Row4(y.a, y.b, y.c, y.d) : x;
        }
    }

    public static final class Stamp<K> extends ProcessWindowFunction<Row4, Row4, K, TimeWindow> {
        @Override
        public void process(K key, Context c, Iterable<Row4> in, Collector<Row4> o) {
            Row4 r = in.iterator().next();
            o.collect(new Row4(c.window().getEnd(), r.b, r.c, r.d));
        }
    }

    public static final class StampAll
            extends org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction<
                    Row4, Row4, TimeWindow> {
        @Override
        public void process(Context c, Iterable<Row4> in, Collector<Row4> o) {
            Row4 r = in.iterator().next();
            o.collect(new Row4(c.window().getEnd(), r.b, r.c, r.d));
        }
    }
    /** Chained to the source: keeps the maximum per open window (at most a few), emits on the watermark. No shuffle of bids. */
    public static final class LocalMax extends org.apache.flink.streaming.api.operators.AbstractStreamOperator<Row4>
            implements org.apache.flink.streaming.api.operators.OneInputStreamOperator<Row4, Row4> {
        private transient java.util.TreeMap<Long, Row4> open;
        private transient long curEnd;
        private transient Row4 cur;

        @Override
        public void open() throws Exception {
            super.open();
            open = new java.util.TreeMap<>();
            curEnd = -1;
        }

        @Override
        public void processElement(org.apache.flink.streaming.runtime.streamrecord.StreamRecord<Row4> e) {
            Row4 r = e.getValue();
            long end = r.a - r.a % 10_000 + 10_000;
            if (end != curEnd) {
                cur = open.computeIfAbsent(end, k -> new Row4(k, -1, -1, -1));
                curEnd = end;
            }
            if (greater(r, cur)) {
                cur.b = r.b;
                cur.c = r.c;
                cur.d = r.d;
            }
        }

        @Override
        public void prepareSnapshotPreBarrier(long id) {
            for (Row4 r : open.values())
                output.collect(new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(r, r.a - 1));
            open.clear();
            curEnd = -1;
        }

        @Override
        public void processWatermark(org.apache.flink.streaming.api.watermark.Watermark w) throws Exception {
            while (!open.isEmpty() && open.firstKey() - 1 <= w.getTimestamp()) {
                Row4 r = open.pollFirstEntry().getValue();
                if (r.a == curEnd) curEnd = -1;
                output.collect(new org.apache.flink.streaming.runtime.streamrecord.StreamRecord<>(r, r.a - 1));
            }
            super.processWatermark(w);
        }
    }

    public static final class Slim8 implements FlatMapFunction<Ev, P8> {
        private transient P8 r;

        @Override
        public void flatMap(Ev e, Collector<P8> o) {
            if (e.type == 2) return;
            if (r == null) r = new P8();
            if (e.type == 0) {
                r.id = e.a;
                r.name = e.name;
            } else {
                r.id = e.b;
                r.name = null;
            }
            o.collect(r);
        }
    }
    /** Accumulator: name = person seen; id = 1 when an auction was seen. */
    public static final class Join8 implements AggregateFunction<P8, P8, P8> {
        @Override
        public P8 createAccumulator() {
            return new P8();
        }

        @Override
        public P8 add(P8 v, P8 acc) {
            if (v.name != null) acc.name = v.name;
            else acc.id = 1;
            return acc;
        }

        @Override
        public P8 getResult(P8 acc) {
            return acc;
        }

        @Override
        public P8 merge(P8 a, P8 b) {
            a.id |= b.id;
            if (b.name != null) a.name = b.name;
            return a;
        }
    }

    public static final class Row8 extends ProcessWindowFunction<P8, Row3, Long, TimeWindow> {
        @Override
        public void process(Long key, Context c, Iterable<P8> in, Collector<Row3> o) {
            P8 r = in.iterator().next();
            if (r.name != null && r.id == 1) {
                long h = 0;
                for (int i = 0; i < r.name.length(); i++) h = h * 31 + r.name.charAt(i);
                o.collect(new Row3(c.window().getEnd(), key, h));
            }
        }
    }
}

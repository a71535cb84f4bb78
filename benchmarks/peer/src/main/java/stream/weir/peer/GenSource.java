package stream.weir.peer;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * FLIP-27 source of the deterministic generator. Split s of S emits records s, s+S, s+2S, ... The reader emits a batch
 * per pollNext call so that the mailbox loop costs nothing per record, and reuses one record object (object reuse is on).
 */
public final class GenSource<T> implements Source<T, GenSource.Split, List<GenSource.Split>> {

    /** Fills and returns a record; must not keep per-record garbage. */
    public interface Maker<T> extends Serializable {
        T make(long i);

        default long ts(T r) {
            return Long.MIN_VALUE;
        }

        default Maker<T> fresh() {
            return this;
        }
    }

    public static final class Split implements SourceSplit, Serializable {
        final int id;
        long next;
        final int stride;

        Split(int id, long next, int stride) {
            this.id = id;
            this.next = next;
            this.stride = stride;
        }

        @Override
        public String splitId() {
            return "s" + id;
        }
    }

    private final Maker<T> maker;
    private final long records, mark;
    private final int splits, batch;
    private final boolean eventTime;
    private final double rate; // records/s for the whole source, 0 = unlimited

    public GenSource(Maker<T> maker, long records, long mark, int splits, int batch, boolean eventTime, double rate) {
        this.maker = maker;
        this.records = records;
        this.mark = mark;
        this.splits = splits;
        this.batch = batch;
        this.eventTime = eventTime;
        this.rate = rate;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<T, Split> createReader(SourceReaderContext c) {
        return new Reader<>(c, maker.fresh(), records, mark, batch, eventTime, rate / splits);
    }

    @Override
    public SplitEnumerator<Split, List<Split>> createEnumerator(SplitEnumeratorContext<Split> c) {
        List<Split> l = new ArrayList<>();
        for (int s = 0; s < splits; s++) l.add(new Split(s, s, splits));
        return new Enumerator(c, l);
    }

    @Override
    public SplitEnumerator<Split, List<Split>> restoreEnumerator(SplitEnumeratorContext<Split> c, List<Split> l) {
        return new Enumerator(c, l);
    }

    @Override
    public SimpleVersionedSerializer<Split> getSplitSerializer() {
        return new SplitSer();
    }

    @Override
    public SimpleVersionedSerializer<List<Split>> getEnumeratorCheckpointSerializer() {
        return new ListSer();
    }

    static final class Enumerator implements SplitEnumerator<Split, List<Split>> {
        final SplitEnumeratorContext<Split> ctx;
        final List<Split> pending;

        Enumerator(SplitEnumeratorContext<Split> ctx, List<Split> pending) {
            this.ctx = ctx;
            this.pending = new ArrayList<>(pending);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, String host) {}

        @Override
        public void addSplitsBack(List<Split> l, int subtask) {
            pending.addAll(l);
            if (ctx.registeredReaders().containsKey(subtask)) addReader(subtask);
        }

        @Override
        public void addReader(int subtask) {
            int p = ctx.currentParallelism();
            List<Split> mine = new ArrayList<>();
            for (Split s : pending) if (s.id % p == subtask) mine.add(s);
            for (Split s : mine) {
                pending.remove(s);
                ctx.assignSplit(s, subtask);
            }
            ctx.signalNoMoreSplits(subtask);
        }

        @Override
        public List<Split> snapshotState(long id) {
            return new ArrayList<>(pending);
        }

        @Override
        public void close() {}
    }

    static final class Reader<T> implements SourceReader<T, Split> {
        final SourceReaderContext ctx;
        final Maker<T> maker;
        final long records, mark;
        final int batch;
        final boolean eventTime;
        final double ratePerSplit;
        final List<Split> splits = new ArrayList<>();
        int turn;
        boolean noMore;
        CompletableFuture<Void> available = new CompletableFuture<>();
        long rateStart = -1, emitted;

        Reader(
                SourceReaderContext ctx,
                Maker<T> maker,
                long records,
                long mark,
                int batch,
                boolean eventTime,
                double rate) {
            this.ctx = ctx;
            this.maker = maker;
            this.records = records;
            this.mark = mark;
            this.batch = batch;
            this.eventTime = eventTime;
            this.ratePerSplit = rate;
        }

        @Override
        public void start() {}

        @Override
        public InputStatus pollNext(ReaderOutput<T> out) throws Exception {
            if (splits.isEmpty()) return noMore ? InputStatus.END_OF_INPUT : InputStatus.NOTHING_AVAILABLE;
            if (turn >= splits.size()) turn = 0;
            Split s = splits.get(turn++);
            int n = batch;
            if (ratePerSplit > 0 && s.next >= mark) { // the load phase is never limited
                long now = System.nanoTime();
                if (rateStart < 0) {
                    rateStart = now;
                    emitted = 0;
                }
                double allowed = (now - rateStart) * 1e-9 * ratePerSplit * splits.size() - emitted;
                if (allowed < n) {
                    Thread.sleep(1);
                    return InputStatus.MORE_AVAILABLE;
                }
                emitted += n;
            }
            long i = s.next;
            if (i == s.id) Stats.first();
            final int stride = s.stride;
            long end = Math.min(records, i + (long) n * stride);
            if (i < mark && end >= mark) Stats.mark();
            if (eventTime) {
                for (; i < end; i += stride) {
                    T r = maker.make(i);
                    out.collect(r, maker.ts(r));
                }
            } else {
                for (; i < end; i += stride) out.collect(maker.make(i));
            }
            s.next = i;
            if (i >= records) {
                splits.remove(s);
                if (splits.isEmpty() && noMore) return InputStatus.END_OF_INPUT;
            }
            return InputStatus.MORE_AVAILABLE;
        }

        @Override
        public List<Split> snapshotState(long id) {
            List<Split> l = new ArrayList<>();
            for (Split s : splits) l.add(new Split(s.id, s.next, s.stride));
            return l;
        }

        @Override
        public CompletableFuture<Void> isAvailable() {
            return available;
        }

        @Override
        public void addSplits(List<Split> l) {
            splits.addAll(l);
            available.complete(null);
        }

        @Override
        public void notifyNoMoreSplits() {
            noMore = true;
            available.complete(null);
        }

        @Override
        public void close() {}
    }

    static final class SplitSer implements SimpleVersionedSerializer<Split> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(Split s) {
            return ByteBuffer.allocate(16)
                    .putInt(s.id)
                    .putLong(s.next)
                    .putInt(s.stride)
                    .array();
        }

        @Override
        public Split deserialize(int v, byte[] b) {
            ByteBuffer x = ByteBuffer.wrap(b);
            return new Split(x.getInt(), x.getLong(), x.getInt());
        }
    }

    static final class ListSer implements SimpleVersionedSerializer<List<Split>> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(List<Split> l) {
            ByteBuffer x = ByteBuffer.allocate(4 + 16 * l.size()).putInt(l.size());
            for (Split s : l) x.putInt(s.id).putLong(s.next).putInt(s.stride);
            return x.array();
        }

        @Override
        public List<Split> deserialize(int v, byte[] b) {
            ByteBuffer x = ByteBuffer.wrap(b);
            int n = x.getInt();
            List<Split> l = new ArrayList<>();
            for (int i = 0; i < n; i++) l.add(new Split(x.getInt(), x.getLong(), x.getInt()));
            return l;
        }
    }
}

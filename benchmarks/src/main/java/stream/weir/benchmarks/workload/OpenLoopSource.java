package stream.weir.benchmarks.workload;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/**
 * Records {@code first .. end - 1}, the {@code i}-th due {@code i / rate} after the first, whether those before it got away in time or
 * not: what holds the source up makes its records late, and not rare. For one replica.
 *
 * @param extent which records; measuring begins at {@code extent.load()}
 * @param bytes of each record
 * @param rate records per second; where there is none, each record is due when it is emitted
 * @param nanos monotonic, and the same in all processes of the machine
 */
record OpenLoopSource(GeneratedSource.Extent extent, long first, int bytes, OptionalLong rate, LongSupplier nanos)
        implements Source<Timed> {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long LONGEST_WAIT_NANOS = 200_000;

    @Override
    public Codec<Timed> codec() {
        return Timed.codec(bytes);
    }

    @Override
    public SourceReader<Timed> open(SourceContext context) {
        Bytes restored = context.restored().get(Reader.SPLIT);
        long next = restored == null
                ? first
                : ByteBuffer.wrap(restored.toByteArray()).getLong();
        return new Reader(next);
    }

    private final class Reader implements SourceReader<Timed> {
        private static final String SPLIT = "all";

        private final Timed record = Timed.ofBytes(bytes);
        private final long begin;
        private long next;
        private boolean started;
        private boolean measuring;
        private long startNanos;

        Reader(long next) {
            this.begin = next;
            this.next = next;
        }

        @Override
        public Status poll(int maxRecords, SourceOutput<Timed> out) {
            SourceOutput.Split<Timed> target = out.split(SPLIT);
            long now = nanos.getAsLong();
            if (!started) {
                started = true;
                startNanos = now;
            }
            if (!measuring && next >= extent.load()) {
                measuring = true;
                extent.measured().run();
            }
            now = awaitNext(now);
            long end = Math.min(extent.end(), next + maxRecords);
            while (next < end && due(now) <= now) {
                record.fill(next, due(now));
                target.emit(record);
                next++;
            }
            return next < extent.end() ? Status.MORE : Status.END;
        }

        /** The driver would ask again after 5 ms only, which is longer than what is measured; so the wait is here, and is short. */
        private long awaitNext(long now) {
            long wait = due(now) - now;
            if (wait <= 0) {
                return now;
            }
            LockSupport.parkNanos(Math.min(wait, LONGEST_WAIT_NANOS));
            return nanos.getAsLong();
        }

        private long due(long now) {
            return rate.isPresent() ? startNanos + (long) ((next - begin) * NANOS_PER_SECOND / rate.getAsLong()) : now;
        }

        @Override
        public Map<String, Bytes> positions() {
            return Map.of(
                    SPLIT,
                    Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(next).array()));
        }
    }
}

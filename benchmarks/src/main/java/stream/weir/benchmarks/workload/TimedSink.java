package stream.weir.benchmarks.workload;

import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/**
 * Notes how late records come, and adds them to a checksum.
 *
 * @param from the first record whose time counts
 * @param rate most records per second that it takes; empty for all that come
 */
record TimedSink(Checksum checksum, LatencyHistogram latencies, long from, OptionalLong rate, LongSupplier nanos)
        implements Sink<Timed> {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long LEAST_WAIT_NANOS = 1_000_000;

    @Override
    public SinkWriter<Timed> open(SinkContext context) {
        return new Writer();
    }

    private final class Writer extends ChecksumWriter<Timed> {
        private long free = nanos.getAsLong();

        Writer() {
            super(checksum, Timed::hash);
        }

        @Override
        public void write(Timed record, long timestamp) {
            long now = nanos.getAsLong();
            if (record.sequence >= from) {
                latencies.add(now - record.due);
            }
            super.write(record, timestamp);
            rate.ifPresent(most -> takeTime(now, NANOS_PER_SECOND / most));
        }

        /** A sleep is at least a millisecond's worth, as shorter ones take longer than they say. */
        private void takeTime(long now, long cost) {
            free = Math.max(free, now) + cost;
            if (free - now > LEAST_WAIT_NANOS) {
                LockSupport.parkNanos(free - now);
            }
        }
    }
}

package stream.weir.benchmarks.workload;

import java.util.List;
import java.util.function.ToLongFunction;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Adds the rows that reach it to a checksum. Makes nothing durable: for measuring only. */
record ChecksumSink<T>(Checksum checksum, ToLongFunction<T> hash) implements Sink<T> {
    @Override
    public SinkWriter<T> open(SinkContext context) {
        return new Writer();
    }

    private final class Writer implements SinkWriter<T> {
        private long hashes;
        private long rows;

        @Override
        public void write(T value, long timestamp) {
            hashes += hash.applyAsLong(value);
            rows++;
        }

        @Override
        public Prepared prepare(long checkpoint) {
            return List::of;
        }

        @Override
        public void commit(Bytes transaction) {}

        @Override
        public void close() {
            checksum.add(hashes, rows);
        }
    }
}

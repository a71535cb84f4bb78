package stream.weir.benchmarks.workload;

import java.util.function.ToLongFunction;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Adds the rows that reach it to a checksum. Makes nothing durable: for measuring only. */
record ChecksumSink<T>(Checksum checksum, ToLongFunction<T> hash) implements Sink<T> {
    @Override
    public SinkWriter<T> open(SinkContext context) {
        return new ChecksumWriter<>(checksum, hash);
    }
}

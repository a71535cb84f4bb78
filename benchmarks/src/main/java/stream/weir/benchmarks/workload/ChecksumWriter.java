package stream.weir.benchmarks.workload;

import java.util.List;
import java.util.function.ToLongFunction;
import stream.weir.api.codec.Bytes;
import stream.weir.api.sink.SinkWriter;

/** Adds what is written to a checksum when it is closed. Makes nothing durable. */
class ChecksumWriter<T> implements SinkWriter<T> {
    private final Checksum checksum;
    private final ToLongFunction<T> hash;
    private long hashes;
    private long rows;

    ChecksumWriter(Checksum checksum, ToLongFunction<T> hash) {
        this.checksum = checksum;
        this.hash = hash;
    }

    @Override
    public void write(T value, long timestamp) {
        hashes += hash.applyAsLong(value);
        rows++;
    }

    @Override
    public final Prepared prepare(long checkpoint) {
        return List::of;
    }

    @Override
    public final void commit(Bytes transaction) {}

    @Override
    public final void close() {
        checksum.add(hashes, rows);
    }
}

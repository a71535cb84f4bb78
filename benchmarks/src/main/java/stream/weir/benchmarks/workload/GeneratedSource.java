package stream.weir.benchmarks.workload;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/**
 * Records {@code 0 .. records - 1}; replica {@code s} of {@code S} makes {@code s, s + S, ...}. One mutable record is filled
 * again and again.
 *
 * @param <T> the record
 */
record GeneratedSource<T>(Codec<T> codec, Extent extent, Supplier<T> instance, Filler<T> filler) implements Source<T> {
    /**
     * Which records.
     *
     * @param load the measured part begins with this record
     * @param end one behind the last
     * @param measured runs before the first measured record
     */
    record Extent(long load, long end, Runnable measured) {}

    /** Makes a record the {@code i}-th. */
    interface Filler<T> {
        void fill(T record, long i);
    }

    @Override
    public SourceReader<T> open(SourceContext context) {
        String split = "s" + context.replica();
        Bytes restored = context.restored().get(split);
        long next = restored == null
                ? context.replica()
                : ByteBuffer.wrap(restored.toByteArray()).getLong();
        return new Reader(split, context.replicas(), next);
    }

    private final class Reader implements SourceReader<T> {
        private final String split;
        private final int stride;
        private final T record = instance.get();
        private long next;
        private boolean measuring;

        Reader(String split, int stride, long next) {
            this.split = split;
            this.stride = stride;
            this.next = next;
        }

        @Override
        public Status poll(int maxRecords, SourceOutput<T> out) {
            SourceOutput.Split<T> target = out.split(split);
            if (!measuring && next >= extent.load) {
                measuring = true;
                extent.measured.run();
            }
            long end = Math.min(extent.end, next + (long) maxRecords * stride);
            long i = next;
            for (; i < end; i += stride) {
                filler.fill(record, i);
                target.emit(record);
            }
            next = i;
            return next < extent.end ? Status.MORE : Status.END;
        }

        @Override
        public Map<String, Bytes> positions() {
            Map<String, Bytes> positions = new LinkedHashMap<>();
            positions.put(
                    split,
                    Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(next).array()));
            return positions;
        }
    }
}

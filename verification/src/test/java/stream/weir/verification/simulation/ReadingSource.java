package stream.weir.verification.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Codec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/**
 * Reads generated splits, a few records at a time. Before a late record it pauses until everything of the records before it, the
 * watermark included, is on its way: so the record is late in every course of the world, or some restore forgot about time.
 *
 * @param records in each split
 */
record ReadingSource(List<Integer> splits, long records, Chance chance, VirtualTime time) implements Source<Reading> {
    private static final long PAUSE_NANOS = 3_000_000;

    static String nameOf(int split) {
        return "split-" + split;
    }

    @Override
    public Codec<Reading> codec() {
        return Reading.CODEC;
    }

    @Override
    public SourceReader<Reading> open(SourceContext context) {
        List<SplitReader> readers = new ArrayList<>();
        for (int split : splits) {
            String name = nameOf(split);
            if (context.owns(name)) {
                Bytes at = context.restored().get(name);
                readers.add(new SplitReader(
                        split,
                        name,
                        at == null ? 0 : ByteBuffer.wrap(at.toByteArray()).getLong()));
            }
        }
        return new Reader(readers);
    }

    private static final class SplitReader {
        private final int split;
        private final String name;
        private long next;

        SplitReader(int split, String name, long next) {
            this.split = split;
            this.name = name;
            this.next = next;
        }
    }

    private final class Reader implements SourceReader<Reading> {
        private final List<SplitReader> readers;
        private long lastNanos = time.nanos();
        private boolean paused;
        private int turn;

        Reader(List<SplitReader> readers) {
            this.readers = readers;
        }

        @Override
        public Status poll(int maxRecords, SourceOutput<Reading> out) {
            readers.forEach(each -> out.split(each.name));
            List<SplitReader> open =
                    readers.stream().filter(each -> each.next < records).toList();
            if (open.isEmpty()) {
                readers.forEach(each -> out.split(each.name).end());
                return Status.END;
            }
            if (chance.oneIn(4)) {
                return Status.IDLE;
            }
            SplitReader reader = open.get(turn++ % open.size());
            int most = Math.min(maxRecords, chance.between(1, 5));
            for (int i = 0; i < most && reader.next < records; i++) {
                Reading reading = Readings.of(reader.split, reader.next);
                if (reading.isLate() && !mayBeLate()) {
                    return Status.IDLE;
                }
                out.split(reader.name).emit(reading);
                reader.next++;
                lastNanos = time.nanos();
                paused = false;
            }
            return Status.MORE;
        }

        /** Whether there was a poll, with whatever follows it, since the last record had been waiting for long enough. */
        private boolean mayBeLate() {
            if (paused) {
                return true;
            }
            paused = time.nanos() - lastNanos >= PAUSE_NANOS;
            return false;
        }

        @Override
        public Map<String, Bytes> positions() {
            Map<String, Bytes> positions = new LinkedHashMap<>();
            for (SplitReader each : readers) {
                positions.put(
                        each.name,
                        Bytes.of(ByteBuffer.allocate(Long.BYTES)
                                .putLong(each.next)
                                .array()));
            }
            return positions;
        }
    }
}

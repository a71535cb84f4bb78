package stream.weir.connector.generator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/**
 * Makes the records of the splits that a replica owns, in rounds: all with an index from {@code round * splits} to below {@code
 * (round + 1) * splits}, then those of the next round, so that no split runs ahead of the others.
 */
final class GeneratorReader implements SourceReader<Row> {
    private final GeneratorSettings settings;
    private final RowType rows;
    private final FieldRule[] rules;
    private final long[] streams;
    private final List<Split> splits;
    private long round;
    private int turn;

    private static final class Split {
        private final String name;
        private long next;
        private SourceOutput.@Nullable Split<Row> output;

        Split(String name, long next) {
            this.name = name;
            this.next = next;
        }
    }

    private GeneratorReader(GeneratorSettings settings, List<Split> splits) {
        this.settings = settings;
        this.rows = settings.rows();
        this.rules = settings.fields().values().toArray(FieldRule[]::new);
        // By name, so that a field's values do not change when another one is added.
        this.streams = settings.fields().keySet().stream()
                .mapToLong(name -> Mixer.bits(settings.seed(), name.hashCode()))
                .toArray();
        this.splits = splits;
        this.round = leastRound();
    }

    static GeneratorReader open(GeneratorSettings settings, SourceContext context) {
        List<Split> splits = new ArrayList<>();
        for (int i = 0; i < settings.splits(); i++) {
            String name = "generated-" + i;
            if (context.owns(name)) {
                Bytes restored = context.restored().get(name);
                splits.add(new Split(name, restored == null ? i : decode(restored, i, settings.splits())));
            }
        }
        if (!context.restored().isEmpty() && !context.restored().containsKey("generated-" + (settings.splits() - 1))) {
            throw otherSplits(context.restored().size(), settings.splits());
        }
        return new GeneratorReader(settings, splits);
    }

    @Override
    public Status poll(int maxRecords, SourceOutput<Row> out) {
        int emitted = 0;
        while (emitted < maxRecords) {
            if (turn == splits.size()) {
                turn = 0;
                round = leastRound();
            }
            if (round > lastRound()) {
                splits.forEach(split -> end(split, out));
                return Status.END;
            }
            Split split = splits.get(turn++);
            if (split.next < settings.end() && split.next / settings.splits() == round) {
                output(split, out).emit(row(split.next));
                split.next += settings.splits();
                emitted++;
            }
        }
        return Status.MORE;
    }

    private long leastRound() {
        long least = Long.MAX_VALUE;
        for (Split split : splits) {
            if (split.next < settings.end()) {
                least = Math.min(least, split.next / settings.splits());
            }
        }
        return least;
    }

    private long lastRound() {
        return (settings.end() - 1) / settings.splits();
    }

    private static SourceOutput.Split<Row> output(Split split, SourceOutput<Row> out) {
        SourceOutput.Split<Row> output = split.output;
        if (output == null) {
            output = out.split(split.name);
            split.output = output;
        }
        return output;
    }

    private static void end(Split split, SourceOutput<Row> out) {
        if (split.output != null) {
            split.output.end();
        }
    }

    private Row row(long index) {
        @Nullable Object[] values = new @Nullable Object[rules.length];
        for (int i = 0; i < rules.length; i++) {
            values[i] = rules[i].value(index, streams[i]);
        }
        return Row.owning(rows, values);
    }

    @Override
    public Map<String, Bytes> positions() {
        Map<String, Bytes> positions = new HashMap<>();
        for (Split split : splits) {
            ByteWriter out = new ByteWriter(16);
            out.writeVarInt(settings.splits());
            out.writeVarLong(split.next);
            positions.put(split.name, Bytes.of(out.toByteArray()));
        }
        return positions;
    }

    private static long decode(Bytes position, int split, int splits) {
        ByteReader in = new ByteReader(position.toByteArray());
        int written = in.readVarInt();
        if (written != splits) {
            throw otherSplits(written, splits);
        }
        long next = in.readVarLong();
        if (next < 0 || next % splits != split) {
            throw new IllegalStateException(
                    "the position " + next + " in the checkpoint is not one of the split " + split + " of " + splits);
        }
        return next;
    }

    private static IllegalStateException otherSplits(int written, int splits) {
        return new IllegalStateException("cannot go on generating: the checkpoint was taken with splits: " + written
                + ", the pipeline has splits: " + splits + " now; set it back");
    }
}

package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stream.weir.protocol.checkpoint.StateSize;

/** All tables of a backend as they were when a capture was taken. Filled on the replica's thread, then read by one other thread. */
public final class TableImage {
    private final Map<String, List<ValuePart>> values = new LinkedHashMap<>();
    private final Map<String, List<OrderedPart>> ordered = new LinkedHashMap<>();

    private record ValuePart(int keyGroup, long pane, FrozenTable table) {}

    private record OrderedPart(int keyGroup, OrderedTree.Frozen tree) {}

    TableImage() {}

    /** Parts of a table come in the order of key groups. */
    void add(String table, int keyGroup, long pane, FrozenTable frozen) {
        values.computeIfAbsent(table, name -> new ArrayList<>()).add(new ValuePart(keyGroup, pane, frozen));
    }

    void add(String table, int keyGroup, OrderedTree.Frozen frozen) {
        ordered.computeIfAbsent(table, name -> new ArrayList<>()).add(new OrderedPart(keyGroup, frozen));
    }

    /**
     * What was written.
     *
     * @param bytes all
     * @param tables how much of them each table takes
     */
    public record Written(long bytes, List<StateSize> tables) {
        public Written {
            tables = List.copyOf(tables);
        }
    }

    /**
     * Writes the tables in a form that {@link HeapBackend} restores from. Does not close {@code target}.
     */
    public Written writeTo(OutputStream target) throws IOException {
        TableFileWriter writer = new TableFileWriter(target);
        try {
            writer.begin();
            values.forEach((name, parts) -> writeValues(writer, name, parts));
            ordered.forEach((name, parts) -> writeOrdered(writer, name, parts));
            return new Written(writer.end(), writer.sizes());
        } catch (UncheckedIOException e) {
            throw new IOException("Cannot write state: " + e.getMessage(), e.getCause());
        }
    }

    private static void writeValues(TableFileWriter writer, String name, List<ValuePart> parts) {
        writer.beginTable(name, TableKind.VALUE);
        int i = 0;
        while (i < parts.size()) {
            int keyGroup = parts.get(i).keyGroup();
            writer.beginSection();
            for (; i < parts.size() && parts.get(i).keyGroup() == keyGroup; i++) {
                ValuePart part = parts.get(i);
                writer.pane(part.pane(), part.table().size());
                part.table().forEach(writer::entry);
            }
            writer.endSection(keyGroup);
        }
    }

    private static void writeOrdered(TableFileWriter writer, String name, List<OrderedPart> parts) {
        writer.beginTable(name, TableKind.ORDERED);
        for (OrderedPart part : parts) {
            writer.beginSection();
            part.tree().forEach(writer::entry);
            writer.endSection(part.keyGroup());
        }
    }
}

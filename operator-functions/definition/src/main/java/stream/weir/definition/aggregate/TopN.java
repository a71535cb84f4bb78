package stream.weir.definition.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/**
 * {@code top}: the {@code of} of the {@code n} rows with the greatest {@code by}, greatest first. Rows where either is null are
 * skipped. Of equal {@code by} the smaller {@code of} comes first where its type has an order, else the earlier to arrive.
 */
final class TopN implements Part {
    private final int n;
    private final int by;
    private final int of;
    private final int slot;
    private final ValueCodec byCodec;
    private final ValueCodec ofCodec;

    private record Entry(Object by, Object of) {}

    /** A field and how its values are written. */
    record Column(int index, ValueCodec codec) {}

    TopN(int n, Column by, Column of, Slots slots) {
        this.n = n;
        this.by = by.index();
        this.of = of.index();
        this.byCodec = by.codec();
        this.ofCodec = of.codec();
        this.slot = slots.object();
    }

    @Override
    public void add(Accumulator into, Row row, long time) {
        Object compared = row.get(by);
        Object listed = row.get(of);
        if (compared != null && listed != null) {
            into.objects[slot] = with(entries(into), new Entry(compared, listed));
        }
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        List<Entry> merged = entries(into);
        for (Entry entry : entries(from)) {
            merged = with(merged, entry);
        }
        into.objects[slot] = merged.isEmpty() ? null : merged;
    }

    private List<Entry> with(List<Entry> entries, Entry entry) {
        int position = entries.size();
        while (position > 0 && precedes(entry, entries.get(position - 1))) {
            position--;
        }
        if (position >= n) {
            return entries;
        }
        List<Entry> longer = new ArrayList<>(Math.min(n, entries.size() + 1));
        longer.addAll(entries.subList(0, position));
        longer.add(entry);
        longer.addAll(entries.subList(position, Math.min(entries.size(), n - 1)));
        return longer;
    }

    private boolean precedes(Entry a, Entry b) {
        int order = ValueOrder.compare(b.by(), a.by());
        if (order == 0 && ValueOrder.covers(ofCodec.type())) {
            order = ValueOrder.compare(a.of(), b.of());
        }
        return order < 0;
    }

    @SuppressWarnings("unchecked") // only this class writes to its slot
    private List<Entry> entries(Accumulator accumulator) {
        Object entries = accumulator.objects[slot];
        return entries == null ? List.of() : (List<Entry>) entries;
    }

    @Override
    public @Nullable Object result(Accumulator accumulator) {
        List<Entry> entries = entries(accumulator);
        return entries.isEmpty() ? null : entries.stream().map(Entry::of).toList();
    }

    @Override
    public void encode(Accumulator accumulator, ByteWriter out) {
        List<Entry> entries = entries(accumulator);
        out.writeVarInt(entries.size());
        for (Entry entry : entries) {
            byCodec.encode(entry.by(), out);
            ofCodec.encode(entry.of(), out);
        }
    }

    @Override
    public void decode(Accumulator into, ByteReader in) {
        int size = in.readLength();
        List<Entry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            entries.add(new Entry(byCodec.decode(in), ofCodec.decode(in)));
        }
        into.objects[slot] = entries.isEmpty() ? null : entries;
    }

    @Override
    public Schema type() {
        return new Schema.ListOf(ofCodec.type());
    }

    @Override
    public String encoding() {
        return "top " + n + " of " + ofCodec.type() + " by " + byCodec.type();
    }
}

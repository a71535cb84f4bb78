package stream.weir.definition.aggregate;

import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** {@code countDistinct}: exact, keeps every value. */
final class Distinct implements Part {
    private final int column;
    private final int slot;
    private final ValueCodec codec;

    Distinct(int column, ValueCodec codec, Slots slots) {
        this.column = column;
        this.codec = codec;
        this.slot = slots.object();
    }

    @Override
    public void add(Accumulator into, Row row, long time) {
        Object value = row.get(column);
        if (value != null) {
            into.objects[slot] = set(into).with(value);
        }
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        ValueSet merged = set(into).with(set(from));
        into.objects[slot] = merged.isEmpty() ? null : merged;
    }

    private ValueSet set(Accumulator accumulator) {
        return accumulator.objects[slot] instanceof ValueSet set ? set : ValueSet.EMPTY;
    }

    @Override
    public @Nullable Object result(Accumulator accumulator) {
        return (long) set(accumulator).size();
    }

    @Override
    public void encode(Accumulator accumulator, ByteWriter out) {
        List<Object> values = set(accumulator).values();
        out.writeVarInt(values.size());
        for (Object value : values) {
            codec.encode(value, out);
        }
    }

    @Override
    public void decode(Accumulator into, ByteReader in) {
        int size = in.readLength();
        Object[] values = new Object[size];
        for (int i = 0; i < size; i++) {
            values[i] = codec.decode(in);
        }
        into.objects[slot] = size == 0 ? null : ValueSet.owning(values);
    }

    @Override
    public Schema type() {
        return Schema.Primitive.INT64;
    }

    @Override
    public String encoding() {
        return "set of " + codec.type();
    }
}

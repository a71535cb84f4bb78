package stream.weir.definition.aggregate;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** {@code min} and {@code max}, in the natural order of the type; NaN is greater than every other double, false less than true. */
final class Extreme implements Part {
    private final int column;
    private final int sign;
    private final int slot;
    private final ValueCodec codec;

    private Extreme(int column, int sign, ValueCodec codec, Slots slots) {
        this.column = column;
        this.sign = sign;
        this.codec = codec;
        this.slot = slots.object();
    }

    static Extreme least(int column, ValueCodec codec, Slots slots) {
        return new Extreme(column, 1, codec, slots);
    }

    static Extreme greatest(int column, ValueCodec codec, Slots slots) {
        return new Extreme(column, -1, codec, slots);
    }

    @Override
    public void add(Accumulator into, Row row, long time) {
        offer(into, row.get(column));
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        offer(into, from.objects[slot]);
    }

    private void offer(Accumulator into, @Nullable Object value) {
        Object present = into.objects[slot];
        if (value != null && (present == null || sign * ValueOrder.compare(value, present) < 0)) {
            into.objects[slot] = value;
        }
    }

    @Override
    public @Nullable Object result(Accumulator accumulator) {
        return accumulator.objects[slot];
    }

    @Override
    public void encode(Accumulator accumulator, ByteWriter out) {
        codec.encodeNullable(accumulator.objects[slot], out);
    }

    @Override
    public void decode(Accumulator into, ByteReader in) {
        into.objects[slot] = codec.decodeNullable(in);
    }

    @Override
    public Schema type() {
        return codec.type();
    }

    @Override
    public String encoding() {
        return "extreme of " + codec.type();
    }
}

package stream.weir.definition.aggregate;

import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** {@code count}: of rows, or of those whose field is not null. */
final class Counting implements Part {
    /** In place of a column: counts every row. */
    static final int ALL_ROWS = -1;

    private final int column;
    private final int slot;

    Counting(int column, Slots slots) {
        this.column = column;
        this.slot = slots.number();
    }

    @Override
    public void add(Accumulator into, Row row, long time) {
        if (column == ALL_ROWS || row.get(column) != null) {
            into.numbers[slot]++;
        }
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        into.numbers[slot] += from.numbers[slot];
    }

    @Override
    public Object result(Accumulator accumulator) {
        return accumulator.numbers[slot];
    }

    @Override
    public void encode(Accumulator accumulator, ByteWriter out) {
        out.writeLong(accumulator.numbers[slot]);
    }

    @Override
    public void decode(Accumulator into, ByteReader in) {
        into.numbers[slot] = in.readLong();
    }

    @Override
    public Schema type() {
        return Schema.Primitive.INT64;
    }

    @Override
    public String encoding() {
        return "count";
    }
}

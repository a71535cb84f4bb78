package stream.weir.definition.aggregate;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** {@code sum} of doubles, and {@code avg} of doubles and ints. */
final class DoubleSum implements Part {
    /** What comes out in the end. */
    enum Yield {
        SUM,
        AVERAGE
    }

    private final int column;
    private final Yield yield;
    private final int count;
    private final int sum;

    DoubleSum(int column, Yield yield, Slots slots) {
        this.column = column;
        this.yield = yield;
        this.count = slots.number();
        this.sum = slots.number();
    }

    @Override
    public void add(Accumulator into, Row row, long time) {
        if (row.get(column) instanceof Number value) {
            into.numbers[count]++;
            add(into, value.doubleValue());
        }
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        into.numbers[count] += from.numbers[count];
        add(into, Double.longBitsToDouble(from.numbers[sum]));
    }

    private void add(Accumulator into, double value) {
        into.numbers[sum] = Double.doubleToLongBits(Double.longBitsToDouble(into.numbers[sum]) + value);
    }

    @Override
    public @Nullable Object result(Accumulator accumulator) {
        long values = accumulator.numbers[count];
        if (values == 0) {
            return null;
        }
        double total = Double.longBitsToDouble(accumulator.numbers[sum]);
        return yield == Yield.SUM ? total : total / values;
    }

    @Override
    public void encode(Accumulator accumulator, ByteWriter out) {
        out.writeLong(accumulator.numbers[count]);
        out.writeLong(accumulator.numbers[sum]);
    }

    @Override
    public void decode(Accumulator into, ByteReader in) {
        into.numbers[count] = in.readLong();
        into.numbers[sum] = in.readLong();
    }

    @Override
    public Schema type() {
        return Schema.Primitive.DOUBLE;
    }

    @Override
    public String encoding() {
        return "sum of double";
    }
}

package stream.weir.definition.aggregate;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** {@code sum} of ints, which is an int: a sum beyond 64 bits is an error. */
final class IntSum implements Part {
    private final String field;
    private final int column;
    private final int count;
    private final int sum;

    IntSum(String field, int column, Slots slots) {
        this.field = field;
        this.column = column;
        this.count = slots.number();
        this.sum = slots.number();
    }

    @Override
    public void add(Accumulator into, Row row, long time) {
        if (row.get(column) instanceof Long value) {
            into.numbers[count]++;
            into.numbers[sum] = plus(into.numbers[sum], value);
        }
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        into.numbers[count] += from.numbers[count];
        into.numbers[sum] = plus(into.numbers[sum], from.numbers[sum]);
    }

    private long plus(long a, long b) {
        try {
            return Math.addExact(a, b);
        } catch (ArithmeticException e) {
            throw new ArithmeticException("the sum of " + field + " does not fit 64 bits: " + a + " + " + b
                    + "; sum up double(" + field + ") instead");
        }
    }

    @Override
    public @Nullable Object result(Accumulator accumulator) {
        return accumulator.numbers[count] == 0 ? null : (Object) accumulator.numbers[sum];
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
        return Schema.Primitive.INT64;
    }

    @Override
    public String encoding() {
        return "sum of int";
    }
}

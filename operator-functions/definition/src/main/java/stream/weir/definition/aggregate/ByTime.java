package stream.weir.definition.aggregate;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;

/** {@code first} and {@code last} by event time; of several at one time the first or last to arrive. */
final class ByTime implements Part {
    /** Which of the values stays. */
    enum Which {
        FIRST,
        LAST
    }

    private final int column;
    private final Which which;
    private final int time;
    private final int slot;
    private final ValueCodec codec;

    ByTime(int column, Which which, ValueCodec codec, Slots slots) {
        this.column = column;
        this.which = which;
        this.codec = codec;
        this.time = slots.number();
        this.slot = slots.object();
    }

    @Override
    public void add(Accumulator into, Row row, long at) {
        offer(into, row.get(column), at);
    }

    @Override
    public void merge(Accumulator into, Accumulator from) {
        offer(into, from.objects[slot], from.numbers[time]);
    }

    private void offer(Accumulator into, @Nullable Object value, long at) {
        long present = into.numbers[time];
        if (value != null && (into.objects[slot] == null || (which == Which.FIRST ? at < present : at >= present))) {
            into.objects[slot] = value;
            into.numbers[time] = at;
        }
    }

    @Override
    public @Nullable Object result(Accumulator accumulator) {
        return accumulator.objects[slot];
    }

    @Override
    public void encode(Accumulator accumulator, ByteWriter out) {
        out.writeLong(accumulator.numbers[time]);
        codec.encodeNullable(accumulator.objects[slot], out);
    }

    @Override
    public void decode(Accumulator into, ByteReader in) {
        into.numbers[time] = in.readLong();
        into.objects[slot] = codec.decodeNullable(in);
    }

    @Override
    public Schema type() {
        return codec.type();
    }

    @Override
    public String encoding() {
        return "timed " + codec.type();
    }

    @Override
    public boolean timed() {
        return true;
    }
}

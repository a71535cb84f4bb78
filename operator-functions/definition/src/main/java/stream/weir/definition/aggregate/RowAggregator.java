package stream.weir.definition.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codec;
import stream.weir.api.function.Aggregator;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** All fields of one aggregate. Takes {@link TimedRow}s where {@link #timed} says so, else rows; yields the fields' values. */
public final class RowAggregator implements Aggregator<Object, Accumulator, @Nullable Object[]> {
    private final List<AggregateFunction> functions;
    private final Part[] parts;
    private final int numbers;
    private final int objects;
    private final boolean timed;

    private RowAggregator(List<AggregateFunction> functions, Part[] parts, Slots slots, boolean timed) {
        this.functions = functions;
        this.parts = parts;
        this.numbers = slots.numbers();
        this.objects = slots.objects();
        this.timed = timed;
    }

    public static RowAggregator of(List<AggregateFunction> functions) {
        Slots slots = new Slots();
        Part[] parts = functions.stream().map(function -> function.part(slots)).toArray(Part[]::new);
        boolean timed = List.of(parts).stream().anyMatch(Part::timed);
        return new RowAggregator(List.copyOf(functions), parts, slots, timed);
    }

    /** Whether the inputs have to be {@link TimedRow}s. */
    public boolean timed() {
        return timed;
    }

    /** The fields of the result. */
    public List<RowType.Column> columns() {
        List<RowType.Column> columns = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            columns.add(new RowType.Column(functions.get(i).name(), parts[i].type()));
        }
        return List.copyOf(columns);
    }

    public Codec<Accumulator> codec() {
        return new AccumulatorCodec(
                functions.stream().map(AggregateFunction::name).toList(), parts, this);
    }

    @Override
    public Accumulator create() {
        return new Accumulator(numbers, objects);
    }

    @Override
    public Accumulator add(Accumulator accumulator, Object input) {
        Accumulator next = accumulator.copy();
        Row row = input instanceof TimedRow timedRow ? timedRow.row() : (Row) input;
        long time = input instanceof TimedRow timedRow ? timedRow.time() : 0;
        for (Part part : parts) {
            part.add(next, row, time);
        }
        return next;
    }

    @Override
    public Accumulator merge(Accumulator left, Accumulator right) {
        Accumulator merged = left.copy();
        for (Part part : parts) {
            part.merge(merged, right);
        }
        return merged;
    }

    @Override
    public @Nullable Object[] result(Accumulator accumulator) {
        @Nullable Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].result(accumulator);
        }
        return values;
    }
}

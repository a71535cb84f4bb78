package stream.weir.examples.streak;

import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.state.ValueState;

/**
 * Emits a key's record, with the number of high values in a row up to it, whenever that number is a multiple of the length. A null
 * is no value: it neither counts nor ends a streak.
 */
final class Streak implements KeyedProcessFunction<Row, Row, Row> {
    private final RowType output;
    private final int index;
    private final double above;
    private final long length;

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private ValueState<Long> count;

    Streak(RowType output, int index, double above, long length) {
        this.output = output;
        this.index = index;
        this.above = above;
        this.length = length;
    }

    @Override
    public void open(StateDeclarations states) {
        count = states.value("count", Codecs.LONG);
    }

    @Override
    public void process(Row row, KeyedContext<Row> context, Collector<Row> out) {
        if (!(row.get(index) instanceof Double value)) {
            return;
        }
        if (value <= above) {
            count.clear();
            return;
        }
        long now = count.orElse(0L) + 1;
        count.update(now);
        if (now % length == 0) {
            out.emit(withStreak(row, now));
        }
    }

    private Row withStreak(Row row, long streak) {
        @Nullable Object[] values = new @Nullable Object[output.size()];
        for (int i = 0; i < values.length - 1; i++) {
            values[i] = row.get(i);
        }
        values[values.length - 1] = streak;
        return Row.owning(output, values);
    }
}

package stream.weir.verification.simulation;

import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.state.ValueState;

/** Number and sum of each key, one row for each record: any record lost, doubled or out of order shows at once. */
final class RunningSum implements KeyedProcessFunction<Long, Reading, Result> {
    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private ValueState<Long> count;

    @SuppressWarnings("NullAway.Init")
    private ValueState<Long> sum;

    @Override
    public void open(StateDeclarations states) {
        count = states.value("count", Codecs.LONG);
        sum = states.value("sum", Codecs.LONG);
    }

    @Override
    public void process(Reading reading, KeyedContext<Long> context, Collector<Result> out) {
        long number = count.orElse(0L) + 1;
        // Depends on the order of a key's records, too.
        long total = sum.orElse(0L) * 3 + reading.value();
        count.update(number);
        sum.update(total);
        out.emit(new Result(Result.SUM, context.key(), number, total));
    }
}

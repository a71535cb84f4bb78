package stream.weir.runtime.function;

import java.util.Optional;

/** Where records go that came when all was over for them: to a side output or nowhere; counted in any case. */
final class LateRecords {
    private final OperatorContext context;
    private final Optional<Output> output;

    private LateRecords(OperatorContext context, Optional<Output> output) {
        this.context = context;
        this.output = output;
    }

    static LateRecords to(Optional<String> sideOutput, OperatorContext context) {
        return new LateRecords(context, sideOutput.map(context::sideOutput));
    }

    void add(Object value, long timestamp) {
        context.count("late");
        output.ifPresent(side -> side.emit(value, timestamp));
    }
}

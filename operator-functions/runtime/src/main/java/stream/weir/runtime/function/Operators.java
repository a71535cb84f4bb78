package stream.weir.runtime.function;

import java.util.List;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;

/** Makes the operator of a step. */
final class Operators {
    private final List<Input> inputs;

    /** @param inputs of the stage, in order */
    Operators(List<Input> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    ChainLink of(Step step, OperatorContext context) {
        return switch (step) {
            case Step.Filter<?> filter -> filter(filter, context);
            case Step.Map<?, ?> map -> map(map, context);
            case Step.FlatMap<?, ?> flatMap -> flatMap(flatMap, context);
            case Step.Process<?, ?> process -> process(process, context);
            default ->
                throw new IllegalArgumentException("stage " + context.stage() + ", step " + step.name() + ": a "
                        + step.getClass().getSimpleName() + " step cannot be run yet; inputs are " + inputs);
        };
    }

    private static <T> ChainLink filter(Step.Filter<T> step, OperatorContext context) {
        return new FilterOperator<>(step.predicate(), errors(step, step.onError(), context), context.output());
    }

    private static <I, O> ChainLink map(Step.Map<I, O> step, OperatorContext context) {
        return new MapOperator<>(step.function(), errors(step, step.onError(), context), context.output());
    }

    private static <I, O> ChainLink flatMap(Step.FlatMap<I, O> step, OperatorContext context) {
        return new FlatMapOperator<>(step.function(), errors(step, step.onError(), context), context.output());
    }

    private static <I, O> ChainLink process(Step.Process<I, O> step, OperatorContext context) {
        return new ProcessOperator<>(step.function().get(), errors(step, step.onError(), context), context);
    }

    private static StepErrors errors(Step step, OnError policy, OperatorContext context) {
        return new StepErrors(step.name(), policy, context);
    }
}

package stream.weir.runtime.function;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.runtime.state.ValueTable;

/** Makes the operator of a step. Tables are declared and opened here, so that restored state is checked before records flow. */
final class Operators {
    private final List<Input> inputs;

    /** @param inputs of the stage, in order */
    Operators(List<Input> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /**
     * @throws IllegalArgumentException when the step cannot work as it is configured; names stage, step and value
     */
    ChainLink of(Step step, OperatorContext context) {
        try {
            return make(step, context);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Stage " + context.stage() + ", step " + step.name() + ": " + e.getMessage(), e);
        }
    }

    private ChainLink make(Step step, OperatorContext context) {
        return switch (step) {
            case Step.Filter<?> filter -> filter(filter, context);
            case Step.Map<?, ?> map -> map(map, context);
            case Step.FlatMap<?, ?> flatMap -> flatMap(flatMap, context);
            case Step.Process<?, ?> process -> process(process, context);
            case Step.Async<?, ?> async -> async(async, context);
            case Step.WindowAggregate<?, ?, ?, ?, ?> aggregate -> windowAggregate(aggregate, context);
            case Step.RunningAggregate<?, ?, ?, ?, ?> aggregate -> runningAggregate(aggregate, context);
            case Step.Deduplicate<?, ?> deduplicate -> deduplicate(deduplicate, context);
            case Step.Join<?, ?, ?> join -> join(join, context);
            case Step.KeyedProcess<?, ?, ?> process -> keyedProcess(process, context);
            case Step.TwoInput<?, ?, ?, ?> process -> twoInput(process, context);
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

    private static <I, O> ChainLink async(Step.Async<I, O> step, OperatorContext context) {
        if (step.capacity() < 1) {
            throw new IllegalArgumentException("capacity is " + step.capacity() + ": it is 1 at least");
        }
        return new AsyncOperator<>(step, step.function().get(), errors(step, step.onError(), context), context);
    }

    private static <K, I, O> ChainLink keyedProcess(Step.KeyedProcess<K, I, O> step, OperatorContext context) {
        KeyedScope<K> scope = KeyedScope.of(step.name(), context);
        return new KeyedProcessOperator<>(step.function().get(), scope, errors(step, step.onError(), context));
    }

    private <K, L, R, O> ChainLink twoInput(Step.TwoInput<K, L, R, O> step, OperatorContext context) {
        Side[] sides = Side.of(inputs, step.left(), step.right());
        KeyedScope<K> scope = KeyedScope.of(step.name(), context);
        return new TwoInputOperator<>(step.function().get(), sides, scope, errors(step, step.onError(), context));
    }

    private static <K, I, A, R, O> ChainLink windowAggregate(
            Step.WindowAggregate<K, I, A, R, O> step, OperatorContext context) {
        return switch (step.window()) {
            case WindowSpec.Tumbling tumbling -> windows(step, Panes.of(tumbling), context);
            case WindowSpec.Sliding sliding -> windows(step, Panes.of(sliding), context);
            case WindowSpec.Session session -> SessionAggregateOperator.of(step, session, context);
        };
    }

    private static <K, I, A, R, O> ChainLink windows(
            Step.WindowAggregate<K, I, A, R, O> step, Panes panes, OperatorContext context) {
        StepErrors errors = errors(step, step.onError(), context);
        String kind = "panes of " + panes.length() + " ms";
        ValueTable table = StepTables.values(step.name(), "panes", kind, step.accumulatorCodec(), context);
        Accumulators<I, A> accumulators =
                Accumulators.in(table, step.aggregator(), step.accumulatorCodec(), errors, context);
        return new WindowAggregateOperator<>(step, panes, accumulators, errors, context);
    }

    private static <K, I, A, R, O> ChainLink runningAggregate(
            Step.RunningAggregate<K, I, A, R, O> step, OperatorContext context) {
        return new RunningAggregateOperator<>(
                step,
                StepTables.values(step.name(), "aggregate", "aggregating", step.accumulatorCodec(), context),
                new StateCodec<>(step.accumulatorCodec()),
                errors(step, step.onError(), context),
                context);
    }

    private static <T, I> ChainLink deduplicate(Step.Deduplicate<T, I> step, OperatorContext context) {
        StepErrors errors = errors(step, step.onError(), context);
        Optional<Duration> within = step.within();
        String kind = within.map(duration -> "identities within " + duration).orElse("identities");
        ValueTable table = StepTables.values(step.name(), "seen", kind, new SeenCodec(step.identityCodec()), context);
        return within.isPresent()
                ? new DeduplicateWithinOperator<>(step, within.get(), table, errors, context)
                : new DeduplicateOperator<>(step, table, errors, context);
    }

    private <L, R, O> ChainLink join(Step.Join<L, R, O> step, OperatorContext context) {
        Side[] sides = Side.of(inputs, step.left(), step.right());
        return switch (step.time()) {
            case Step.JoinTime.Window window -> WindowJoinOperator.of(step, Panes.of(window.window()), sides, context);
            case Step.JoinTime.Within within ->
                WithinJoinOperator.of(step, EventTimes.span("within", within.distance(), 0), sides, context);
        };
    }

    private static StepErrors errors(Step step, OnError policy, OperatorContext context) {
        return new StepErrors(step.name(), policy, context);
    }
}

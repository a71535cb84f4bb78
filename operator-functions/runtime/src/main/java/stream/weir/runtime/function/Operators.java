package stream.weir.runtime.function;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.SchemaText;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.WindowSpec;

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
            case Step.KeyedProcess<?, ?, ?> process -> throw notYet(process);
            case Step.TwoInput<?, ?, ?, ?> process -> throw notYet(process);
        };
    }

    private static IllegalArgumentException notYet(Step step) {
        return new IllegalArgumentException("a " + step.getClass().getSimpleName() + " step cannot be run yet");
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

    private static <K, I, A, R, O> ChainLink windowAggregate(
            Step.WindowAggregate<K, I, A, R, O> step, OperatorContext context) {
        return switch (step.window()) {
            case WindowSpec.Tumbling tumbling -> windows(step, Panes.of(tumbling), context);
            case WindowSpec.Sliding sliding -> windows(step, Panes.of(sliding), context);
            case WindowSpec.Session session -> sessions(step, session, context);
        };
    }

    private static <K, I, A, R, O> ChainLink windows(
            Step.WindowAggregate<K, I, A, R, O> step, Panes panes, OperatorContext context) {
        StepErrors errors = errors(step, step.onError(), context);
        String table = step.name() + "/panes";
        StateSchemas.declare(context, table, "panes of " + panes.length() + " ms", step.accumulatorCodec());
        return new WindowAggregateOperator<>(
                step,
                panes,
                Accumulators.in(table, step.aggregator(), step.accumulatorCodec(), errors, context),
                errors,
                context);
    }

    private static <K, I, A, R, O> ChainLink sessions(
            Step.WindowAggregate<K, I, A, R, O> step, WindowSpec.Session session, OperatorContext context) {
        String table = step.name() + "/sessions";
        StateSchemas.declare(context, table, "sessions", step.accumulatorCodec());
        context.declare(step.name() + "/due", "timers", "");
        Sessions<A> sessions = new Sessions<>(
                context.backend().valueTable(table), context.key(), new StateCodec<>(step.accumulatorCodec()));
        return new SessionAggregateOperator<>(step, session, sessions, errors(step, step.onError(), context), context);
    }

    private static <K, I, A, R, O> ChainLink runningAggregate(
            Step.RunningAggregate<K, I, A, R, O> step, OperatorContext context) {
        String table = step.name() + "/aggregate";
        StateSchemas.declare(context, table, "aggregating", step.accumulatorCodec());
        return new RunningAggregateOperator<>(
                step,
                context.backend().valueTable(table),
                new StateCodec<>(step.accumulatorCodec()),
                errors(step, step.onError(), context),
                context);
    }

    private static <T, I> ChainLink deduplicate(Step.Deduplicate<T, I> step, OperatorContext context) {
        StepErrors errors = errors(step, step.onError(), context);
        String table = step.name() + "/seen";
        Optional<Duration> within = step.within();
        String kind = within.map(duration -> "identities within " + duration).orElse("identities");
        StateSchemas.declare(context, table, kind, step.identityCodec());
        return within.isPresent()
                ? new DeduplicateWithinOperator<>(
                        step, within.get(), context.backend().valueTable(table), errors, context)
                : new DeduplicateOperator<>(step, context.backend().valueTable(table), errors, context);
    }

    private <L, R, O> ChainLink join(Step.Join<L, R, O> step, OperatorContext context) {
        Side[] sides = Side.of(inputs, step.left(), step.right());
        StepErrors errors = errors(step, step.onError(), context);
        String schema = "left " + SchemaText.format(step.leftCodec().schema()) + ", right "
                + SchemaText.format(step.rightCodec().schema());
        context.declare(step.name() + "/count", "count", "");
        return switch (step.time()) {
            case Step.JoinTime.Window window -> {
                Panes panes = Panes.of(window.window());
                context.declare(step.name() + "/rows", "join in windows of " + panes.size() + " ms", schema);
                yield new WindowJoinOperator<>(step, panes, sides, errors, context);
            }
            case Step.JoinTime.Within within -> {
                long distance = EventTimes.span("within", within.distance(), 0);
                context.declare(step.name() + "/rows", "join within " + distance + " ms", schema);
                context.declare(step.name() + "/due", "timers", "");
                yield new WithinJoinOperator<>(step, distance, sides, errors, context);
            }
        };
    }

    private static StepErrors errors(Step step, OnError policy, OperatorContext context) {
        return new StepErrors(step.name(), policy, context);
    }
}

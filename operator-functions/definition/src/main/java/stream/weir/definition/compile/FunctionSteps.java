package stream.weir.definition.compile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.connector.FunctionFactory;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.RowFunction;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.StepSpec;
import stream.weir.definition.yaml.Fields;

/** Java functions by name. */
final class FunctionSteps implements Functions {
    private final Map<String, FunctionFactory> factories;
    private final OptionReader options;
    private final JoinSteps joins;
    private final Problems problems;

    FunctionSteps(Map<String, FunctionFactory> factories, OptionReader options, Problems problems) {
        this.factories = factories;
        this.options = options;
        this.joins = new JoinSteps(problems);
        this.problems = problems;
    }

    @Override
    public Optional<Flow> compile(StepSpec.Function spec, String name, Flow in, StepChain.Target target) {
        return make(spec, List.of(in.rows())).flatMap(function -> {
            if (function instanceof RowFunction.Keyed && in.key().isEmpty()) {
                problems.add(
                        spec.name().place(),
                        spec.name().value(),
                        "this function needs rows by key: give the inputs of its stage keyBy");
                return Optional.empty();
            }
            if (function instanceof RowFunction.TwoInput) {
                problems.add(
                        spec.name().place(),
                        spec.name().value(),
                        "this function has two inputs: name them as left and right");
                return Optional.empty();
            }
            target.add(step(function, name, spec.head().onError().value()));
            addOutputs(function, target);
            return Optional.of(in.with(function.output()));
        });
    }

    @Override
    public Optional<RowType> combine(
            StepSpec.Function spec, String name, List<Inflow> inflows, StepChain.Target target) {
        return joins.sides(spec, inflows).flatMap(sides -> make(
                        spec, List.of(sides.left().rows(), sides.right().rows()))
                .flatMap(function -> {
                    if (!(function instanceof RowFunction.TwoInput two)) {
                        problems.add(
                                spec.name().place(),
                                spec.name().value(),
                                "this function has one input: leave out left and right");
                        return Optional.empty();
                    }
                    target.add(new Step.TwoInput<>(
                            name,
                            sides.left().name(),
                            sides.right().name(),
                            two.function(),
                            spec.head().onError().value()));
                    addOutputs(function, target);
                    return Optional.of(function.output());
                }));
    }

    private Optional<RowFunction> make(StepSpec.Function spec, List<RowType> inputs) {
        Located<String> name = spec.name();
        Optional<FunctionFactory> factory = Optional.ofNullable(factories.get(name.value()));
        if (factory.isEmpty()) {
            problems.addUnknown(
                    name.place(), name.value(), "no function of that name on the class path", factories.keySet());
            return Optional.empty();
        }
        Optional<Options> config = spec.config().isPresent()
                ? options.read(spec.config().get(), factory.get().options())
                : defaults(spec, factory.get());
        return config.flatMap(values -> {
            try {
                return Optional.of(factory.get().create(inputs, values));
            } catch (IllegalArgumentException e) {
                problems.add(name.place(), name.value(), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private Optional<Options> defaults(StepSpec.Function spec, FunctionFactory factory) {
        return options.read(Fields.none(spec.body()), factory.options());
    }

    private static Step step(RowFunction function, String name, OnError onError) {
        return switch (function) {
            case RowFunction.OneToOne one -> new Step.Map<>(name, one.function(), onError);
            case RowFunction.Process process -> new Step.Process<>(name, process.function(), onError);
            case RowFunction.Keyed keyed -> new Step.KeyedProcess<>(name, keyed.function(), onError);
            case RowFunction.Async async ->
                new Step.Async<>(name, async.function(), async.capacity(), async.timeout(), onError);
            case RowFunction.TwoInput two -> throw new IllegalArgumentException(name + " has two inputs");
        };
    }

    private static void addOutputs(RowFunction function, StepChain.Target target) {
        Map<String, RowType> outputs =
                switch (function) {
                    case RowFunction.Process process -> process.sideOutputs();
                    case RowFunction.Keyed keyed -> keyed.sideOutputs();
                    case RowFunction.TwoInput two -> two.sideOutputs();
                    case RowFunction.OneToOne one -> Map.of();
                    case RowFunction.Async async -> Map.of();
                };
        outputs.forEach((name, rows) -> target.outputs().add(name, rows, RowCodec.of(rows)));
    }
}

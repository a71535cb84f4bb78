package stream.weir.definition.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.Step;
import stream.weir.api.pipeline.StepNames;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.spec.StepSpec;

/** The steps of a stage, each of which gets what the one before it yields. */
final class StepChain {
    private final RowSteps rowSteps;
    private final AggregateSteps aggregates;
    private final JoinSteps joins;
    private final Functions functions;
    private final Problems problems;

    /**
     * @param rows what leaves the last step
     * @param outputs types of the main output and the side outputs
     */
    record Result(List<Step> steps, RowType rows, Map<String, RowType> outputs, Map<String, Codec<?>> codecs) {}

    StepChain(Functions functions, Problems problems) {
        this.rowSteps = new RowSteps(problems);
        this.aggregates = new AggregateSteps(problems);
        this.joins = new JoinSteps(problems);
        this.functions = functions;
        this.problems = problems;
    }

    /** Empty where the type of the rows is lost on the way because of a problem. */
    Optional<Result> compile(StageSpec spec, List<Inflow> inflows, Optional<RowType> source) {
        Outputs outputs = new Outputs();
        List<Step> steps = new ArrayList<>();
        Names names = new Names(spec);
        Optional<RowType> key = key(spec, inflows);
        Optional<Flow> flow = source.map(rows -> new Flow(rows, key));
        List<StepSpec> rest = spec.steps();
        if (!rest.isEmpty() && combines(rest.getFirst())) {
            StepSpec first = rest.getFirst();
            flow = combine(first, names.of(first), inflows, new Target(steps, outputs))
                    .map(rows -> new Flow(rows, key));
            rest = rest.subList(1, rest.size());
        } else if (!inflows.isEmpty()) {
            flow = union(inflows).map(rows -> new Flow(rows, key));
        }
        for (StepSpec step : rest) {
            String name = names.of(step);
            Target target = new Target(steps, outputs);
            flow = flow.flatMap(in -> step(step, name, in, target));
        }
        return flow.map(last -> {
            outputs.add(Stage.MAIN, last.rows(), RowCodec.of(last.rows()));
            return new Result(List.copyOf(steps), last.rows(), outputs.types, outputs.codecs);
        });
    }

    /** Without {@code keyBy} a stage of one replica has all rows under one key. */
    private static Optional<RowType> key(StageSpec spec, List<Inflow> inflows) {
        return Inflow.stageKey(inflows)
                .or(() -> spec.replicas().value() == 1 ? Optional.of(Keys.NO_FIELDS) : Optional.empty());
    }

    private Optional<Flow> step(StepSpec step, String name, Flow in, Target target) {
        return switch (step) {
            case StepSpec.Filter filter -> rowSteps.filter(filter, name, in, target);
            case StepSpec.Map map -> rowSteps.map(map, name, in, target);
            case StepSpec.FlatMap flatMap -> rowSteps.flatMap(flatMap, name, in, target);
            case StepSpec.Deduplicate deduplicate -> rowSteps.deduplicate(deduplicate, name, in, target);
            case StepSpec.Aggregate aggregate -> aggregates.compile(aggregate, name, in, target);
            case StepSpec.Function function when !combines(function) -> functions.compile(function, name, in, target);
            case StepSpec.Join join -> onlyFirst(step);
            case StepSpec.Function function -> onlyFirst(step);
        };
    }

    private Optional<Flow> onlyFirst(StepSpec step) {
        problems.add(step.head().place(), "a " + step.head().kind() + " of two inputs is the first step of its stage");
        return Optional.empty();
    }

    private Optional<RowType> combine(StepSpec step, String name, List<Inflow> inflows, Target target) {
        return switch (step) {
            case StepSpec.Join join -> joins.compile(join, name, inflows, target);
            case StepSpec.Function function -> functions.combine(function, name, inflows, target);
            default -> throw new IllegalArgumentException(step.head().kind() + " has one input");
        };
    }

    private static boolean combines(StepSpec step) {
        return step instanceof StepSpec.Join
                || (step instanceof StepSpec.Function function
                        && (function.left().isPresent() || function.right().isPresent()));
    }

    /** Several inputs without a step that combines them flow together, so they have rows of one type. */
    private Optional<RowType> union(List<Inflow> inflows) {
        Inflow first = inflows.getFirst();
        boolean equal = true;
        for (Inflow other : inflows) {
            if (!other.rows().equals(first.rows())) {
                Located<String> from = other.edge().input().from();
                problems.add(
                        from.place(),
                        from.value(),
                        "its rows are " + Flow.spelled(other.rows()) + ", those of " + first.name() + " are "
                                + Flow.spelled(first.rows())
                                + "; inputs that flow together have rows of one type, others are joined");
                equal = false;
            }
        }
        return equal ? Optional.of(first.rows()) : Optional.empty();
    }

    /** Where compiled steps go. */
    record Target(List<Step> steps, Outputs outputs) {
        void add(Step step) {
            steps.add(step);
        }
    }

    /** The outputs of a stage by name. */
    static final class Outputs {
        private final Map<String, RowType> types = new HashMap<>();
        private final Map<String, Codec<?>> codecs = new HashMap<>();
        private int late;

        void add(String name, RowType type, Codec<?> codec) {
            types.put(name, type);
            codecs.put(name, codec);
        }

        int nextLate() {
            return late++;
        }
    }

    /** Names of steps: as told, or by their kinds. */
    private final class Names {
        private final StepNames byKind = new StepNames();
        private final Set<String> taken = new HashSet<>();

        Names(StageSpec stage) {
            stage.steps().forEach(step -> step.head().name().ifPresent(name -> taken.add(name.value())));
        }

        String of(StepSpec step) {
            String byDefault = byKind.next(step.head().kind());
            Optional<Located<String>> told = step.head().name();
            if (told.isEmpty() && !taken.add(byDefault)) {
                problems.add(
                        step.head().place(),
                        "this step would be called " + byDefault
                                + ", which is another step's name; give it one of its own");
            }
            return told.map(Located::value).orElse(byDefault);
        }
    }
}

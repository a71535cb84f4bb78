package stream.weir.operator.autoscale;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import stream.weir.operator.autoscale.Evaluation.StageWish;
import stream.weir.operator.autoscale.PipelineShape.Input;
import stream.weir.operator.autoscale.PipelineShape.StageShape;
import stream.weir.operator.autoscale.StageAsk.Direction;

/**
 * Finds the counts that fit the load, for the whole graph at once. Twice: where a stage cannot have as many replicas as the load asks
 * for, its capacity limits what has to come out of the sources, so that the stages before and after it are sized for what can flow.
 */
final class Evaluator {
    /** A stage that is blocked for more of its time is held up by one that reads from it. */
    private static final double HELD_UP = 0.2;

    private final PipelineShape shape;
    private final Map<String, ScalingSettings> settings;

    Evaluator(PipelineShape shape, Map<String, ScalingSettings> settings) {
        this.shape = shape;
        this.settings = settings;
    }

    /**
     * @param measured stages without figures are left out of the result
     * @param ceilings that hold now
     * @param pauseSeconds of a rescaling
     */
    Evaluation evaluate(Map<String, Measurement> measured, Map<String, Ceiling> ceilings, double pauseSeconds) {
        Demands demands = new Demands(shape, measured);
        Pass pass = new Pass(measured, ceilings, pauseSeconds);
        Map<String, Demand> free = demands.of(Map.of());
        Map<String, Flow> flows = flows(pass, free);
        Map<String, StageWish> wishes = new HashMap<>();
        for (List<StageShape> group : shape.tied()) {
            if (group.stream().allMatch(stage -> measured.containsKey(stage.name()))) {
                boolean onlyAdvice = anyAuto() && mode(group) == ScalingMode.RECOMMEND;
                Map<String, Demand> possible = onlyAdvice ? free : demands.of(limited(group, flows));
                together(group, pass, possible).forEach(wish -> wishes.put(wish.stage(), wish));
            }
        }
        return new Evaluation(wishes);
    }

    /** How many times what comes in a stage can process at most, and in what time it would work off a backlog. */
    private record Flow(double most, double catchUpSeconds) {
        Flow least(Flow other) {
            return other.most < most ? other : this;
        }
    }

    /** How the sources are limited by all stages but those, which are to be sized by what is asked of them. */
    private Map<String, UnaryOperator<Demand>> limited(List<StageShape> but, Map<String, Flow> flows) {
        Map<String, Flow> bySource = new HashMap<>();
        shape.stages().stream().filter(stage -> !but.contains(stage)).forEach(stage -> Optional.ofNullable(
                        flows.get(stage.name()))
                .ifPresent(flow -> sourcesOf(stage).forEach(source -> bySource.merge(source, flow, Flow::least))));
        Map<String, UnaryOperator<Demand>> limits = new HashMap<>();
        bySource.forEach(
                (source, flow) -> limits.put(source, demand -> demand.flowing(flow.most(), flow.catchUpSeconds())));
        return limits;
    }

    /** What is the same for all stages of one evaluation. */
    private record Pass(Map<String, Measurement> measured, Map<String, Ceiling> ceilings, double pauseSeconds) {
        Measurement of(StageShape stage) {
            return Objects.requireNonNull(measured.get(stage.name()));
        }
    }

    private List<StageWish> together(List<StageShape> group, Pass pass, Map<String, Demand> demands) {
        Limits limits =
                Limits.common(group.stream().map(stage -> limits(stage, pass)).toList());
        List<StageAsk> asks = group.stream()
                .map(stage ->
                        StageAsk.of(question(stage, pass, demands.getOrDefault(stage.name(), Demand.NONE), limits)))
                .toList();
        int count = pass.of(group.getFirst()).replicas();
        int wish = limits.within(common(asks, count));
        List<StageWish> wishes = new ArrayList<>();
        for (int index = 0; index < group.size(); index++) {
            StageAsk ask = asks.get(index);
            boolean outOfBounds = count < limits.least() || count > limits.most();
            wishes.add(new StageWish(
                    group.get(index).name(),
                    mode(group),
                    own(group.get(index)),
                    count,
                    wish,
                    outOfBounds ? bound(limits, count) : wish == ask.asked() ? ask.reason() : ScalingReason.TIED,
                    ask,
                    limits,
                    group.stream().map(StageShape::name).toList(),
                    outOfBounds));
        }
        return wishes;
    }

    private static ScalingReason bound(Limits limits, int count) {
        return count < limits.least() ? ScalingReason.MIN_REACHED : limits.reason();
    }

    private static int common(List<StageAsk> asks, int count) {
        int most = asks.stream().mapToInt(StageAsk::asked).max().orElse(count);
        boolean allFewer = asks.stream().allMatch(ask -> ask.direction() == Direction.DOWN);
        return allFewer ? most : Math.max(most, count);
    }

    /** Of the stages that cannot process all that comes to the sources, with what waits there. */
    private Map<String, Flow> flows(Pass pass, Map<String, Demand> demands) {
        Map<String, Flow> flows = new HashMap<>();
        for (StageShape stage : shape.stages()) {
            Demand demand = demands.getOrDefault(stage.name(), Demand.NONE);
            if (pass.measured().containsKey(stage.name()) && !demand.isNothing()) {
                StageAsk.Question question = question(stage, pass, demand, limits(stage, pass));
                ScalingMode mode = own(stage).mode();
                boolean fixed = mode == ScalingMode.OFF || (anyAuto() && mode == ScalingMode.RECOMMEND);
                int most = fixed ? pass.of(stage).replicas() : question.limits().most();
                StageAsk.model(question)
                        .flatMap(model -> flow(model, question, most))
                        .ifPresent(flow -> flows.put(stage.name(), flow));
            }
        }
        return flows;
    }

    private static Optional<Flow> flow(LoadModel model, StageAsk.Question question, int most) {
        double catchUpSeconds = Durations.seconds(question.settings().catchUp());
        Demand all = question.demand().catchingUp(catchUpSeconds, question.pauseSeconds());
        return model.utilization(all, most) <= 1
                ? Optional.empty()
                : Optional.of(new Flow(1 / model.utilization(question.demand(), most), catchUpSeconds));
    }

    private Set<String> sourcesOf(StageShape stage) {
        Map<String, StageShape> byName = new HashMap<>();
        shape.stages().forEach(each -> byName.put(each.name(), each));
        Set<String> above = new HashSet<>(Set.of(stage.name()));
        List<StageShape> order = new ArrayList<>(shape.stages());
        order.reversed().forEach(each -> {
            if (above.contains(each.name())) {
                each.inputs().stream().map(Input::from).forEach(above::add);
            }
        });
        above.removeIf(name -> Optional.ofNullable(byName.get(name))
                .filter(StageShape::isSource)
                .isEmpty());
        return above;
    }

    private StageAsk.Question question(StageShape stage, Pass pass, Demand demand, Limits limits) {
        boolean waitedFor = stage.inputs().stream()
                .flatMap(input -> Optional.ofNullable(pass.measured().get(input.from())).stream())
                .anyMatch(from -> from.blocked() > HELD_UP);
        return new StageAsk.Question(
                stage,
                own(stage),
                limits,
                shape.maxParallelism(),
                pass.of(stage),
                waitedFor ? StageAsk.Upstream.WAITS : StageAsk.Upstream.FLOWS,
                demand,
                pass.pauseSeconds());
    }

    private Limits limits(StageShape stage, Pass pass) {
        return Limits.of(
                stage,
                own(stage),
                shape.maxParallelism(),
                pass.of(stage).replicas(),
                Optional.ofNullable(pass.ceilings().get(stage.name())));
    }

    private boolean anyAuto() {
        return shape.stages().stream().anyMatch(stage -> own(stage).mode() == ScalingMode.AUTO);
    }

    private ScalingSettings own(StageShape stage) {
        return settings.getOrDefault(stage.name(), ScalingSettings.defaults());
    }

    /** Of stages that have equal counts: the most cautious mode of all. */
    private ScalingMode mode(List<StageShape> group) {
        return group.stream()
                .map(stage -> own(stage).mode())
                .max(Comparator.naturalOrder())
                .orElse(ScalingMode.OFF);
    }
}

package stream.weir.operator.autoscale;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import stream.weir.operator.autoscale.PipelineShape.Distribution;
import stream.weir.operator.autoscale.PipelineShape.Input;
import stream.weir.operator.autoscale.PipelineShape.StageShape;

/**
 * How many records come to each stage when none holds another up: what comes to the sources, carried through the graph with the
 * records that each stage sends for each one that it reads (DS2, equations 7 and 8).
 */
final class Demands {
    /** A source that is idle for this part of its time has read all that there was. */
    private static final double IDLE = 0.1;

    /** The rate of a source that hardly gets to read says little about what it could read. */
    private static final double MOST_HIDDEN = 20;

    private final PipelineShape shape;
    private final Map<String, Measurement> measured;

    Demands(PipelineShape shape, Map<String, Measurement> measured) {
        this.shape = shape;
        this.measured = measured;
    }

    /** @param sources how what comes to a source is limited, by its name; those that are not limited may be left out */
    Map<String, Demand> of(Map<String, UnaryOperator<Demand>> sources) {
        Map<String, Demand> all = new HashMap<>();
        for (StageShape stage : shape.stages()) {
            Optional<Measurement> own = Optional.ofNullable(measured.get(stage.name()));
            if (stage.isSource()) {
                own.ifPresent(figures -> all.put(
                        stage.name(),
                        sources.getOrDefault(stage.name(), UnaryOperator.identity())
                                .apply(source(figures))));
            } else {
                inner(stage, own, all).ifPresent(demand -> all.put(stage.name(), demand));
            }
        }
        return all;
    }

    /** What comes to a source from outside. */
    static Demand source(Measurement figures) {
        double rate = figures.recordsPerSecond();
        OptionalDouble growth = figures.lagGrowth();
        if (figures.lag().isPresent() && growth.isPresent()) {
            return new Demand(
                    Math.max(0, rate + growth.getAsDouble()), 0, figures.lag().getAsLong());
        }
        double alwaysSomething = Math.clamp(1 - figures.idle() / IDLE, 0, 1);
        double hidden = figures.busy() > 0 ? Math.min(MOST_HIDDEN, figures.blocked() / figures.busy()) : 0;
        return new Demand(rate * (1 + alwaysSomething * hidden), 0, 0);
    }

    /** Empty if nothing is known of what it reads from, nor of itself. */
    private Optional<Demand> inner(StageShape stage, Optional<Measurement> own, Map<String, Demand> known) {
        Demand sum = Demand.NONE;
        for (Input input : stage.inputs()) {
            OptionalDouble selectivity = selectivity(stage, input, own);
            Demand from = known.getOrDefault(input.from(), Demand.NONE);
            if (!known.containsKey(input.from()) || selectivity.isEmpty()) {
                return own.map(figures -> new Demand(figures.recordsPerSecond(), 0, 0));
            }
            sum = sum.plus(from.through(selectivity.getAsDouble(), input.distribution() == Distribution.BROADCAST));
        }
        return Optional.of(sum);
    }

    /** Records that go into a stage for each one that the stage before it reads. */
    private OptionalDouble selectivity(StageShape stage, Input input, Optional<Measurement> own) {
        Optional<Measurement> from = Optional.ofNullable(measured.get(input.from()));
        double read = from.map(Measurement::recordsPerSecond).orElse(0.0);
        if (from.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (read <= 0) {
            return OptionalDouble.of(0);
        }
        Optional<Double> counted =
                Optional.ofNullable(from.get().sentPerSecond().get(stage.name()));
        if (counted.isPresent()) {
            return OptionalDouble.of(counted.get() / read);
        }
        return own.map(figures -> OptionalDouble.of(notCounted(stage, input, figures, read)))
                .orElseGet(OptionalDouble::empty);
    }

    /** Where what is sent is not counted by reader: all inputs are taken to give alike. */
    private double notCounted(StageShape stage, Input input, Measurement own, double read) {
        List<String> inputs = stage.inputs().stream().map(Input::from).toList();
        double all = inputs.size() == 1
                ? read
                : inputs.stream()
                        .mapToDouble(from -> Optional.ofNullable(measured.get(from))
                                .map(Measurement::recordsPerSecond)
                                .orElse(0.0))
                        .sum();
        int copies = input.distribution() == Distribution.BROADCAST ? own.replicas() : 1;
        return own.recordsPerSecond() / copies / all;
    }
}

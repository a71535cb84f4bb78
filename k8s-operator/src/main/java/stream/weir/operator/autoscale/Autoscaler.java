package stream.weir.operator.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.operator.autoscale.Observation.Replica;
import stream.weir.operator.autoscale.Observation.Stage;
import stream.weir.operator.autoscale.PipelineShape.StageShape;
import stream.weir.operator.autoscale.ScalingMemory.Trial;

/**
 * The autoscaler of one pipeline. Whoever has it asks the coordinator every few seconds how the pipeline gets on, gives the answer to
 * {@link #step}, sets the counts that are to be applied, and shows the rest in the status. What was decided is not taken to have
 * happened: it is seen in later observations, so that answers that are lost, people who scale by hand, and restarts do no harm. An
 * autoscaler that begins anew waits for its windows again; it forgets which scalings did not help.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Autoscaler {
    private final PipelineShape shape;
    private final Map<String, ScalingSettings> settings;
    private final MeasurementWindow window;
    private ScalingMemory memory = ScalingMemory.EMPTY;
    private Optional<Instant> lastRunning = Optional.empty();

    private Autoscaler(PipelineShape shape, Map<String, ScalingSettings> settings, MeasurementWindow window) {
        this.shape = shape;
        this.settings = settings;
        this.window = window;
    }

    /** @param settings by stage, without problems; a stage that is not there is not scaled */
    public static Autoscaler of(PipelineShape shape, Map<String, ScalingSettings> settings) {
        return new Autoscaler(shape, Map.copyOf(settings), new MeasurementWindow(longest(settings)));
    }

    /**
     * The same with other settings, or after a change of the graph: goes on with the figures, and with what is remembered of stages
     * that are still there.
     */
    public Autoscaler with(PipelineShape changed, Map<String, ScalingSettings> others) {
        Autoscaler next = of(changed, others);
        next.memory = memory;
        next.lastRunning = lastRunning;
        return next;
    }

    /** Takes an observation and says what to do now. */
    public ScalingDecision step(Observation seen) {
        window.add(seen);
        memory = FollowUp.counted(memory, seen, lastRunning);
        if (seen.running()) {
            lastRunning = Optional.of(seen.at());
        }
        Optional<ScalingDecision> notNow = notNow(seen);
        if (notNow.isPresent()) {
            return notNow.get();
        }
        Map<String, Measurement> measured = measured();
        Optional<String> stuck = stuck(measured);
        if (stuck.isPresent()) {
            return nothing(seen, ScalingReason.NO_PROGRESS, "Stage " + stuck.get() + " has work and processes nothing");
        }
        return decide(seen, measured);
    }

    private ScalingDecision decide(Observation seen, Map<String, Measurement> measured) {
        Instant now = seen.at();
        double pause = Durations.seconds(memory.pauses().predicted(Map.of(), Map.of(), Map.of()));
        Evaluator evaluator = new Evaluator(shape, settings);
        Evaluation evaluation = evaluator.evaluate(measured, memory.ceilings(now), pause);
        ScalingMemory judged = FollowUp.judged(memory, evaluation, measured, shape, now);
        if (!judged.ceilings(now).equals(memory.ceilings(now))) {
            evaluation = evaluator.evaluate(measured, judged.ceilings(now), pause);
        }
        Decider.Choice choice = Decider.choose(evaluation, judged, now);
        memory = choice.memory();
        Map<String, Long> bytes = FollowUp.stateBytes(seen);
        Advice advice = new Advice(memory.pauses(), bytes);
        Map<String, Evaluation.StageWish> wishes = evaluation.stages();
        List<StageAdvice> stages = shape.stages().stream()
                .map(stage -> Optional.ofNullable(wishes.get(stage.name()))
                        .map(wish -> advice.of(wish, choice))
                        .orElseGet(() -> unknown(seen, stage, ScalingReason.NO_FIGURES, "")))
                .toList();
        Duration predicted = choice.apply().isEmpty()
                ? Duration.ZERO
                : memory.pauses().predicted(memory.counts(), choice.apply(), bytes);
        return new ScalingDecision(now, choice.apply(), predicted, stages);
    }

    /** What to do where figures are no use now. */
    private Optional<ScalingDecision> notNow(Observation seen) {
        if (!seen.running()) {
            return Optional.of(nothing(seen, ScalingReason.NOT_RUNNING, ""));
        }
        Optional<Trial> trial = memory.trial().filter(one -> one.arrived().isEmpty());
        if (trial.filter(one -> FollowUp.isLost(one, seen)).isPresent()) {
            memory = memory.withTrial(Optional.empty());
        } else if (trial.filter(one -> FollowUp.isMissing(one, seen)).isPresent()) {
            memory = FollowUp.givenUp(memory, trial.get(), seen.at());
            ScalingDecision wait = nothing(seen, ScalingReason.PODS_MISSING, "");
            return Optional.of(new ScalingDecision(seen.at(), trial.get().from(), Duration.ZERO, wait.stages()));
        } else if (trial.isPresent()) {
            return Optional.of(nothing(
                    seen, ScalingReason.RESCALING, "Waits for " + trial.get().to()));
        }
        Optional<Stage> changing = seen.stages().stream()
                .filter(stage -> stage.wanted() != stage.running())
                .findFirst();
        if (changing.isPresent()) {
            Stage stage = changing.get();
            String what = "Stage " + stage.name() + " goes from " + stage.running() + " to " + stage.wanted();
            return Optional.of(nothing(seen, ScalingReason.RESCALING, what));
        }
        boolean finishing = seen.stages().stream()
                .flatMap(stage -> stage.replicas().stream())
                .anyMatch(Replica::finished);
        return finishing ? Optional.of(nothing(seen, ScalingReason.FINISHING, "")) : Optional.empty();
    }

    private Map<String, Measurement> measured() {
        Map<String, Measurement> all = new HashMap<>();
        shape.stages().forEach(stage -> {
            ScalingSettings own = settings.getOrDefault(stage.name(), ScalingSettings.defaults());
            window.measured(stage.name(), own.window(), own.warmUp())
                    .ifPresent(measurement -> all.put(stage.name(), measurement));
        });
        return all;
    }

    /**
     * A stage that is busy with something and processes nothing, or a source if all are held up: figures of an outage are no figures.
     * A stage that is held up while others get on is not one.
     */
    private Optional<String> stuck(Map<String, Measurement> measured) {
        List<String> standing = shape.stages().stream()
                .map(StageShape::name)
                .filter(name -> Optional.ofNullable(measured.get(name))
                        .filter(figures -> figures.recordsPerSecond() <= 0 && figures.idle() < 0.5)
                        .isPresent())
                .toList();
        List<String> sources = shape.stages().stream()
                .filter(StageShape::isSource)
                .map(StageShape::name)
                .toList();
        return standing.stream()
                .filter(name -> Optional.ofNullable(measured.get(name))
                        .filter(figures -> figures.busy() >= 0.5)
                        .isPresent())
                .findFirst()
                .or(() -> standing.containsAll(sources) ? sources.stream().findFirst() : Optional.empty());
    }

    private ScalingDecision nothing(Observation seen, ScalingReason reason, String message) {
        List<StageAdvice> stages = shape.stages().stream()
                .map(stage -> unknown(seen, stage, reason, message))
                .toList();
        return new ScalingDecision(seen.at(), Map.of(), Duration.ZERO, stages);
    }

    private StageAdvice unknown(Observation seen, StageShape stage, ScalingReason reason, String message) {
        ScalingMode mode =
                settings.getOrDefault(stage.name(), ScalingSettings.defaults()).mode();
        int wanted = seen.stage(stage.name()).map(Stage::wanted).orElse(0);
        return Advice.unknown(
                stage.name(), mode, wanted, reason, message.isEmpty() ? reason.sentence() : message + ".");
    }

    private static Duration longest(Map<String, ScalingSettings> settings) {
        return settings.values().stream()
                .map(ScalingSettings::window)
                .max(Duration::compareTo)
                .orElse(ScalingSettings.defaults().window());
    }
}

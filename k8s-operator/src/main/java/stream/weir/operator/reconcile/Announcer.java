package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.PipelineStatus.CoordinatorSummary;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.EventReason;

/** Tells as events what has changed from one status to the next; nothing of what goes well again and again. */
final class Announcer {
    private final EventLog events;

    Announcer(EventLog events) {
        this.events = events;
    }

    void announce(StreamPipeline pipeline, PipelineStatus now) {
        Optional<PipelineStatus> before = Optional.ofNullable(pipeline.getStatus());
        PipelinePhase was = before.map(PipelineStatus::phase).orElse(PipelinePhase.Pending);
        if (now.phase() != null && now.phase() != was) {
            phase(pipeline, was, now);
        }
        // Whoever was elected leads in term 0 until it has opened its own.
        long termBefore = before.map(PipelineStatus::coordinator)
                .map(CoordinatorSummary::term)
                .orElse(0L);
        Optional.ofNullable(now.coordinator())
                .filter(one -> one.term() != null && one.term() > 0 && one.term() != termBefore)
                .ifPresent(one -> events.record(
                        pipeline,
                        Kind.NORMAL,
                        EventReason.COORDINATOR_ELECTED,
                        one.leader() + " leads in term " + one.term()));
        Optional<Condition> stalled = condition(now.conditions(), ConditionType.STALLED);
        Optional<Condition> wasStalled =
                before.flatMap(status -> condition(status.conditions(), ConditionType.STALLED));
        if (isTrue(stalled) && !(isTrue(wasStalled) && reason(wasStalled).equals(reason(stalled)))) {
            events.record(
                    pipeline,
                    Kind.WARNING,
                    switch (reason(stalled)) {
                        case "StateIncompatible" -> EventReason.STATE_INCOMPATIBLE;
                        case "JobFailed" -> EventReason.JOB_FAILED;
                        case "Refused" -> EventReason.RESCALE_REFUSED;
                        default -> EventReason.VALIDATION_FAILED;
                    },
                    stalled.map(Condition::getMessage).orElse(""));
        }
        Optional<Condition> checkpoints = condition(now.conditions(), ConditionType.CHECKPOINT_HEALTHY);
        boolean wasUnwell = before.flatMap(status -> condition(status.conditions(), ConditionType.CHECKPOINT_HEALTHY))
                .filter(condition -> condition.getStatus().equals("False"))
                .isPresent();
        checkpoints
                .filter(condition -> condition.getStatus().equals("False") && !wasUnwell)
                .ifPresent(condition ->
                        events.record(pipeline, Kind.WARNING, EventReason.CHECKPOINT_FAILED, condition.getMessage()));
    }

    /** Another number of replicas than before is recommended, and the stage has not got it already. */
    void announce(StreamPipeline pipeline, StreamStage stage, StageStatus now) {
        Optional<Integer> before = Optional.ofNullable(stage.getStatus()).map(StageStatus::recommended);
        Optional.ofNullable(now.recommended())
                .filter(count -> !before.equals(Optional.of(count)) && !count.equals(now.replicas()))
                .ifPresent(count -> events.record(
                        pipeline,
                        Kind.NORMAL,
                        EventReason.SCALING_RECOMMENDED,
                        stage.getSpec().stage() + " has " + now.replicas() + " replicas and should have " + count + ": "
                                + Optional.ofNullable(now.message()).orElse("")));
    }

    private void phase(StreamPipeline pipeline, PipelinePhase was, PipelineStatus now) {
        long generation = pipeline.getMetadata().getGeneration();
        switch (now.phase()) {
            case Running -> {
                EventReason reason = was == PipelinePhase.Upgrading
                        ? EventReason.UPGRADE_COMPLETED
                        : was == PipelinePhase.Rescaling ? EventReason.STAGE_RESCALED : EventReason.PIPELINE_STARTED;
                events.record(pipeline, Kind.NORMAL, reason, "runs, generation " + generation);
            }
            case Upgrading ->
                events.record(
                        pipeline,
                        Kind.NORMAL,
                        EventReason.UPGRADE_STARTED,
                        "generation " + generation + " takes the place of what runs");
            case Suspended ->
                events.record(pipeline, Kind.NORMAL, EventReason.PIPELINE_SUSPENDED, "rests, generation " + generation);
            case Completed ->
                events.record(pipeline, Kind.NORMAL, EventReason.PIPELINE_COMPLETED, "all input is processed");
            case null, default -> {}
        }
    }

    private static Optional<Condition> condition(@Nullable List<Condition> conditions, ConditionType type) {
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals(type.word()))
                .findFirst();
    }

    private static boolean isTrue(Optional<Condition> condition) {
        return condition.filter(one -> one.getStatus().equals("True")).isPresent();
    }

    private static String reason(Optional<Condition> condition) {
        return condition.map(Condition::getReason).orElse("");
    }
}

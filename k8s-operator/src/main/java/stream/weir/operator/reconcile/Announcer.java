package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StreamPipeline;
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
        Optional<Condition> stalled = condition(now.conditions(), ConditionType.STALLED);
        Optional<Condition> wasStalled =
                before.flatMap(status -> condition(status.conditions(), ConditionType.STALLED));
        if (isTrue(stalled) && !(isTrue(wasStalled) && reason(wasStalled).equals(reason(stalled)))) {
            events.record(
                    pipeline,
                    Kind.WARNING,
                    reason(stalled).equals("StateIncompatible")
                            ? EventReason.STATE_INCOMPATIBLE
                            : reason(stalled).equals("JobFailed")
                                    ? EventReason.JOB_FAILED
                                    : EventReason.VALIDATION_FAILED,
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

package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StageStatus.Recommendation;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.autoscale.ScalingReason;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.status.CheckpointReason;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.EventReason;
import stream.weir.operator.status.Reason;
import stream.weir.operator.status.StalledReason;

/** Tells as events what has changed from one status to the next; nothing of what goes well again and again. */
final class Announcer {
    private static final Set<String> INEFFECTIVE =
            Set.of(ScalingReason.INEFFECTIVE.word(), ScalingReason.OUTSIDE_LIMIT.word());

    private final EventLog events;

    Announcer(EventLog events) {
        this.events = events;
    }

    /** @param looks at its regions; none where nothing was observed for the status */
    void announce(StreamPipeline pipeline, PipelineStatus now, List<Look> looks) {
        Optional<PipelineStatus> before = Optional.ofNullable(pipeline.getStatus());
        PipelinePhase was = before.map(PipelineStatus::phase).orElse(PipelinePhase.Pending);
        if (now.phase() != null && now.phase() != was) {
            phase(pipeline, was, now);
        }
        Map<String, Leader> led =
                before.map(status -> leaders(pipeline, status)).orElse(Map.of());
        leaders(pipeline, now).forEach((region, leader) -> {
            if (!leader.isOf(Optional.ofNullable(led.get(region)))) {
                events.record(
                        pipeline,
                        Kind.NORMAL,
                        EventReason.COORDINATOR_ELECTED,
                        leader.pod() + " leads " + (now.regions() == null ? "" : "region " + region + " ") + "in term "
                                + leader.term());
            }
        });
        looks.forEach(look -> restored(
                pipeline, look, Optional.ofNullable(led.get(look.subject().job()))));
        Optional<Condition> stalled = condition(now.conditions(), ConditionType.STALLED);
        Optional<Condition> wasStalled =
                before.flatMap(status -> condition(status.conditions(), ConditionType.STALLED));
        if (isTrue(stalled) && !(isTrue(wasStalled) && reason(wasStalled).equals(reason(stalled)))) {
            events.record(
                    pipeline,
                    Kind.WARNING,
                    Reason.spelled(reason(stalled), StalledReason.values())
                            .map(Announcer::event)
                            .orElse(EventReason.VALIDATION_FAILED),
                    stalled.map(Condition::getMessage).orElse(""));
        }
        Optional<Condition> checkpoints = condition(now.conditions(), ConditionType.CHECKPOINT_HEALTHY);
        boolean wasUnwell = before.flatMap(status -> condition(status.conditions(), ConditionType.CHECKPOINT_HEALTHY))
                .filter(condition -> condition.getStatus().equals("False"))
                .isPresent();
        checkpoints
                .filter(condition -> condition.getStatus().equals("False") && !wasUnwell)
                .ifPresent(condition -> events.record(
                        pipeline,
                        Kind.WARNING,
                        Reason.spelled(condition.getReason(), CheckpointReason.values())
                                .map(Announcer::event)
                                .orElse(EventReason.CHECKPOINT_FAILED),
                        condition.getMessage()));
    }

    private static EventReason event(StalledReason reason) {
        return switch (reason) {
            case STATE_INCOMPATIBLE -> EventReason.STATE_INCOMPATIBLE;
            case JOB_FAILED -> EventReason.JOB_FAILED;
            case REFUSED -> EventReason.RESCALE_REFUSED;
            case NOT_STALLED,
                    INVALID_SPEC,
                    RESTORE_FAILED,
                    STATE_CHECK_FAILED,
                    PROGRESS_DEADLINE_EXCEEDED,
                    CHECKPOINT_FAILING -> EventReason.VALIDATION_FAILED;
        };
    }

    private static EventReason event(CheckpointReason reason) {
        return switch (reason) {
            case TIMED_OUT -> EventReason.CHECKPOINT_TIMED_OUT;
            case ALIGNMENT_LIMIT_EXCEEDED -> EventReason.ALIGNMENT_LIMIT_EXCEEDED;
            case COMPLETED, NONE_YET, FAILING, OVERDUE, UNKNOWN -> EventReason.CHECKPOINT_FAILED;
        };
    }

    /** Replicas went back since the status before. */
    private void restored(StreamPipeline pipeline, Look look, Optional<Leader> before) {
        look.shown()
                .status()
                .flatMap(JobStatus::recovered)
                .filter(recovery -> recovery.toCheckpoint() > 0)
                .filter(recovery ->
                        before.filter(one -> one.run() < recovery.run()).isPresent())
                .ifPresent(recovery -> events.record(
                        pipeline,
                        Kind.NORMAL,
                        EventReason.RESTORED_FROM_CHECKPOINT,
                        "run " + recovery.run() + " of " + look.subject().job() + " goes on from checkpoint "
                                + recovery.toCheckpoint() + ": " + recovery.cause()));
    }

    private record Leader(String pod, long term, long run) {
        boolean isOf(Optional<Leader> before) {
            return before.filter(one -> one.term() == term).isPresent();
        }
    }

    /** Regions that somebody has led, as far as the status says. */
    static Set<String> led(StreamPipeline pipeline) {
        return Optional.ofNullable(pipeline.getStatus())
                .map(status -> leaders(pipeline, status).keySet())
                .orElse(Set.of());
    }

    /** By region; the only one is called as the pipeline. Whoever was elected leads in term 0 until it has opened its own. */
    private static Map<String, Leader> leaders(StreamPipeline pipeline, PipelineStatus status) {
        Map<String, Leader> all = new TreeMap<>();
        if (status.regions() != null) {
            status.regions().forEach(one -> leader(one.leader(), one.term(), one.run())
                    .ifPresent(led -> all.put(one.name(), led)));
        } else if (status.coordinator() != null) {
            leader(
                            status.coordinator().leader(),
                            status.coordinator().term(),
                            status.coordinator().run())
                    .ifPresent(led -> all.put(pipeline.getMetadata().getName(), led));
        }
        return all;
    }

    private static Optional<Leader> leader(@Nullable String pod, @Nullable Long term, @Nullable Long run) {
        return Optional.ofNullable(term)
                .filter(opened -> opened > 0)
                .map(opened -> new Leader(
                        Optional.ofNullable(pod).orElse("a coordinator"),
                        opened,
                        Optional.ofNullable(run).orElse(0L)));
    }

    /** Another number of replicas than before is recommended that the stage has not got already, or more have not helped. */
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
        Optional<String> why = why(now);
        why.filter(word -> INEFFECTIVE.contains(word)
                        && !why.equals(Optional.ofNullable(stage.getStatus()).flatMap(Announcer::why)))
                .ifPresent(word -> events.record(
                        pipeline,
                        Kind.WARNING,
                        EventReason.INEFFECTIVE_SCALING,
                        stage.getSpec().stage() + ": "
                                + Optional.ofNullable(now.recommendation())
                                        .map(Recommendation::message)
                                        .orElse(word)));
    }

    private static Optional<String> why(StageStatus status) {
        return Optional.ofNullable(status.recommendation()).map(Recommendation::reason);
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

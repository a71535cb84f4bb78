package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import stream.weir.kubernetes.resource.CheckpointEntry;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus;
import stream.weir.kubernetes.resource.PipelineStatus.CoordinatorSummary;
import stream.weir.kubernetes.resource.PipelineStatus.StageSummary;
import stream.weir.kubernetes.resource.SnapshotState;
import stream.weir.kubernetes.resource.StagePhase;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StageStatus.Recommendation;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Checkpoint;
import stream.weir.operator.job.JobStatus.Figures;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.plan.Wanted;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.status.Conditions;
import stream.weir.operator.status.Sizes;

/** Makes the statuses of a pipeline and its stages. What is not known now is left as it was said last. */
final class Statuses {
    private Statuses() {}

    static PipelineStatus pipeline(
            StreamPipeline pipeline, Wanted wanted, Observed seen, Plan plan, List<StageAdvice> advice) {
        Optional<PipelineStatus> before = Optional.ofNullable(pipeline.getStatus());
        Optional<JobStatus> job = seen.status();
        List<StageSummary> stages = wanted.stages().stream()
                .map(stage -> summary(stage, seen, advice))
                .toList();
        long well = stages.stream()
                .filter(stage -> Objects.equals(stage.replicas(), stage.readyReplicas()))
                .count();
        return new PipelineStatus(
                pipeline.getMetadata().getGeneration(),
                plan.phase(),
                plan.message(),
                wanted.pipeline() + "-" + wanted.file(),
                job.map(status -> new CoordinatorSummary(status.leader(), status.term(), status.run()))
                        .or(() -> before.map(PipelineStatus::coordinator))
                        .orElse(null),
                job.flatMap(JobStatus::newest)
                        .map(newest -> entry(wanted.pipeline(), newest))
                        .or(() -> before.map(PipelineStatus::lastCheckpoint))
                        .orElse(null),
                well + "/" + stages.size(),
                job.map(Statuses::lag).orElse(null),
                stages,
                conditions(
                        before.map(PipelineStatus::conditions),
                        plan,
                        pipeline.getMetadata().getGeneration(),
                        seen.now()));
    }

    /** Of a spec that cannot be run: nothing else is known of it. */
    static PipelineStatus refused(StreamPipeline pipeline, Plan plan, Instant now) {
        Optional<PipelineStatus> before = Optional.ofNullable(pipeline.getStatus());
        return new PipelineStatus(
                pipeline.getMetadata().getGeneration(),
                plan.phase(),
                plan.message(),
                before.map(PipelineStatus::configMap).orElse(null),
                before.map(PipelineStatus::coordinator).orElse(null),
                before.map(PipelineStatus::lastCheckpoint).orElse(null),
                before.map(PipelineStatus::stagesReady).orElse(null),
                null,
                before.map(PipelineStatus::stages).orElse(null),
                conditions(
                        before.map(PipelineStatus::conditions),
                        plan,
                        pipeline.getMetadata().getGeneration(),
                        now));
    }

    static StageStatus stage(
            StreamStage record,
            WantedStage stage,
            String selector,
            Observed seen,
            Plan plan,
            Optional<StageAdvice> advice) {
        Optional<JobStatus.Stage> job = seen.status().flatMap(status -> status.stage(stage.name()));
        int asked = seen.asked(stage);
        int has = job.map(said -> said.replicas().size()).orElse(0);
        int ready = job.map(JobStatus.Stage::ready).orElse(0);
        List<Figures> figures = job.stream()
                .flatMap(said -> said.replicas().stream())
                .flatMap(replica -> replica.figures().stream())
                .toList();
        StagePhase phase = phase(plan.phase(), asked, has, ready);
        return new StageStatus(
                record.getMetadata().getGeneration(),
                phase,
                phase.name(),
                advice.map(StageAdvice::message).orElse(null),
                has,
                ready,
                selector,
                seen.status()
                        .map(status -> status.revisions().get(stage.name()))
                        .orElse(null),
                advice.map(StageAdvice::recommended).orElse(null),
                advice.map(said -> recommendation(said, record, seen.now())).orElse(null),
                job.map(JobStatus.Stage::lag)
                        .filter(OptionalLong::isPresent)
                        .map(OptionalLong::getAsLong)
                        .orElse(null),
                figures.isEmpty()
                        ? null
                        : (double) Math.round(figures.stream()
                                .mapToDouble(Figures::recordsPerSecond)
                                .sum()),
                share(figures.stream().mapToDouble(Figures::busy).max().orElse(0)),
                share(figures.stream().mapToDouble(Figures::blocked).max().orElse(0)),
                advice.map(said -> Advices.conditions(said, record, seen.now())).orElse(null));
    }

    static CheckpointEntry entry(String pipeline, Checkpoint checkpoint) {
        return new CheckpointEntry(
                checkpoint.id(),
                Weir.checkpoint(pipeline, checkpoint.id()),
                SnapshotState.Completed,
                checkpoint.type().toLowerCase(Locale.ROOT),
                Instant.ofEpochMilli(checkpoint.atMillis()).toString(),
                Instant.ofEpochMilli(checkpoint.atMillis() + checkpoint.durationMillis())
                        .toString(),
                checkpoint.durationMillis(),
                checkpoint.stateBytes(),
                checkpoint.uploadedBytes(),
                Sizes.text(checkpoint.stateBytes()),
                null,
                null);
    }

    /** Of all sources that say it; where none does there is nothing to show. */
    private static @Nullable Long lag(JobStatus job) {
        OptionalLong sum = job.stages().stream()
                .map(JobStatus.Stage::lag)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .reduce(Long::sum);
        return sum.isPresent() ? sum.getAsLong() : null;
    }

    private static Recommendation recommendation(StageAdvice advice, StreamStage record, Instant now) {
        Optional<Recommendation> before =
                Optional.ofNullable(record.getStatus()).flatMap(status -> Optional.ofNullable(status.recommendation()));
        String reason = Advices.word(advice.reason());
        boolean same = before.filter(last -> reason.equals(last.reason())).isPresent()
                && Optional.ofNullable(record.getStatus())
                        .filter(status -> Objects.equals(status.recommended(), advice.recommended()))
                        .isPresent();
        return new Recommendation(
                reason,
                same ? before.map(Recommendation::message).orElse(advice.message()) : advice.message(),
                advice.predictedPause().toMillis(),
                same ? before.map(Recommendation::at).orElse(now.toString()) : now.toString());
    }

    private static StageSummary summary(WantedStage stage, Observed seen, List<StageAdvice> advice) {
        return new StageSummary(
                stage.name(),
                stage.revision(),
                seen.asked(stage),
                seen.status()
                        .flatMap(status -> status.stage(stage.name()))
                        .map(JobStatus.Stage::ready)
                        .orElse(0),
                advice.stream()
                        .filter(one -> one.stage().equals(stage.name()))
                        .map(StageAdvice::recommended)
                        .findFirst()
                        .orElse(null));
    }

    private static StagePhase phase(PipelinePhase pipeline, int asked, int has, int ready) {
        return switch (pipeline) {
            case Pending, Starting, Deleting -> StagePhase.Pending;
            case Upgrading -> StagePhase.Upgrading;
            case Recovering -> StagePhase.Recovering;
            case Suspending, Suspended -> StagePhase.Suspended;
            case Completed -> StagePhase.Completed;
            case Failed -> StagePhase.Failed;
            case Running, Rescaling ->
                asked != has ? StagePhase.Rescaling : ready < has ? StagePhase.Pending : StagePhase.Running;
        };
    }

    private static List<Condition> conditions(
            Optional<List<Condition>> before, Plan plan, long generation, Instant now) {
        return Conditions.of(plan.verdicts(), before.orElse(List.of()), generation, now);
    }

    private static String share(double part) {
        return Math.round(part * 100) + "%";
    }
}

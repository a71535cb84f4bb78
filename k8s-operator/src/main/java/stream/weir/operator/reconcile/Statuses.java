package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
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
import stream.weir.kubernetes.resource.PipelineStatus.RegionSummary;
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
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.status.Conditions;
import stream.weir.operator.status.Sizes;

/** Makes the statuses of a pipeline and its stages. What is not known now is left as it was said last. */
final class Statuses {
    private Statuses() {}

    /**
     * @param looks at each region; one where there is only one
     * @param plan all of them together
     */
    static PipelineStatus pipeline(StreamPipeline pipeline, List<Look> looks, Plan plan) {
        Optional<PipelineStatus> before = Optional.ofNullable(pipeline.getStatus());
        String name = pipeline.getMetadata().getName();
        Look main = looks.stream()
                .filter(look -> look.subject().job().equals(name))
                .findFirst()
                .orElseThrow();
        return new PipelineStatus(
                pipeline.getMetadata().getGeneration(),
                plan.phase(),
                plan.message(),
                name + "-" + main.wanted().file(),
                main.shown()
                        .status()
                        .map(status -> new CoordinatorSummary(status.leader(), status.term(), status.run()))
                        .or(() -> before.map(PipelineStatus::coordinator))
                        .orElse(null),
                lastCheckpoint(looks, before).orElse(null),
                stagesReady(
                        looks.stream().flatMap(look -> summaries(look).stream()).toList()),
                lag(looks),
                looks.stream().flatMap(look -> summaries(look).stream()).toList(),
                looks.size() == 1
                        ? null
                        : looks.stream().map(look -> region(look, before)).toList(),
                conditions(
                        before.map(PipelineStatus::conditions),
                        plan,
                        pipeline.getMetadata().getGeneration(),
                        main.shown().now()));
    }

    /** Of several regions the one that was complete the longest ago: as far as all of them would not go back. */
    private static Optional<CheckpointEntry> lastCheckpoint(List<Look> looks, Optional<PipelineStatus> before) {
        List<CheckpointEntry> newest = looks.stream()
                .flatMap(
                        look -> look
                                .shown()
                                .status()
                                .flatMap(JobStatus::newest)
                                .map(one -> entry(look.subject().job(), one))
                                .stream())
                .toList();
        boolean all = newest.size() == looks.size();
        boolean known = looks.stream().allMatch(look -> look.shown().status().isPresent());
        return all
                ? newest.stream()
                        .min(Comparator.comparing(one -> Instant.parse(
                                Optional.ofNullable(one.completedAt()).orElse(""))))
                : known && looks.size() > 1 ? Optional.empty() : before.map(PipelineStatus::lastCheckpoint);
    }

    private static RegionSummary region(Look look, Optional<PipelineStatus> before) {
        String name = look.subject().job();
        Optional<JobStatus> job = look.shown().status();
        Optional<RegionSummary> last = before.flatMap(status -> Optional.ofNullable(status.regions()))
                .flatMap(all ->
                        all.stream().filter(one -> one.name().equals(name)).findFirst());
        Optional<CheckpointEntry> newest = job.flatMap(JobStatus::newest).map(one -> entry(name, one));
        return new RegionSummary(
                name,
                look.plan().phase(),
                look.plan().message(),
                stagesReady(summaries(look)),
                job.map(JobStatus::leader)
                        .or(() -> last.map(RegionSummary::leader))
                        .orElse(null),
                job.map(JobStatus::term).or(() -> last.map(RegionSummary::term)).orElse(null),
                job.map(JobStatus::run).or(() -> last.map(RegionSummary::run)).orElse(null),
                newest.map(CheckpointEntry::name)
                        .or(() -> last.map(RegionSummary::lastCheckpoint))
                        .orElse(null),
                newest.map(CheckpointEntry::completedAt)
                        .or(() -> last.map(RegionSummary::lastCheckpointAt))
                        .orElse(null));
    }

    private static List<StageSummary> summaries(Look look) {
        return look.wanted().stages().stream()
                .map(stage -> summary(stage, look.shown(), look.advice()))
                .toList();
    }

    /** Those that are as they shall be, of all. */
    private static String stagesReady(List<StageSummary> stages) {
        long well = stages.stream()
                .filter(stage -> Objects.equals(stage.replicas(), stage.readyReplicas()))
                .count();
        return well + "/" + stages.size();
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
                before.map(PipelineStatus::regions).orElse(null),
                conditions(
                        before.map(PipelineStatus::conditions),
                        plan,
                        pipeline.getMetadata().getGeneration(),
                        now));
    }

    static StageStatus stage(StreamStage record, WantedStage stage, String selector, Look look) {
        Observed seen = look.shown();
        Optional<StageAdvice> advice = look.advice(stage.name());
        Optional<JobStatus.Stage> job = seen.status().flatMap(status -> status.stage(stage.name()));
        int asked = seen.asked(stage);
        int has = job.map(said -> said.replicas().size()).orElse(0);
        int ready = job.map(JobStatus.Stage::ready).orElse(0);
        List<Figures> figures = job.stream()
                .flatMap(said -> said.replicas().stream())
                .flatMap(replica -> replica.figures().stream())
                .toList();
        StagePhase phase = phase(look.plan().phase(), asked, has, ready);
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
                StageConditions.of(look, stage, new StageConditions.Stage(record, phase, asked, ready)));
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
    private static @Nullable Long lag(List<Look> looks) {
        OptionalLong sum = looks.stream()
                .flatMap(look -> look.shown().status().stream())
                .flatMap(job -> job.stages().stream())
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

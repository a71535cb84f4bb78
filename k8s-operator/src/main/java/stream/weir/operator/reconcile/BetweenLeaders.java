package stream.weir.operator.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.plan.Plan;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.Reason;
import stream.weir.operator.status.Verdict;
import stream.weir.operator.status.Verdict.Truth;

/**
 * What is said of jobs while the lead passes from one coordinator to the next: data flow on without one, so that a job that was well is
 * so for a while. Never longer than that, never of a job that this process has not seen well itself, and never again once something else
 * was said of it. Safe for use by several threads.
 */
final class BetweenLeaders {
    /** Until another coordinator takes a lease that is not renewed (10 s), and processes have found it (8 s). */
    static final Duration WITHIN = Duration.ofSeconds(18);

    private static final Set<Reason> FOR_WANT_OF_A_LEADER =
            Set.of(ReadyReason.COORDINATOR_UNREACHABLE, ReadyReason.STARTING);

    private final Map<JobKey, Well> wells = new ConcurrentHashMap<>();

    /** When a job was well last, by its leader's own word. */
    private record Well(String uid, Instant at, JobStatus status, Plan plan) {}

    /**
     * @param shown what was seen, but for the job: how that was last, where that counts still
     * @param plan with the same steps as it was made
     */
    record Said(Observed shown, Plan plan) {}

    /**
     * @param uid of the pipeline: another one of the same name was not well yet
     * @param plan made of what was seen
     */
    Said of(JobKey job, String uid, Observed seen, Plan plan) {
        if (verdict(plan, ConditionType.READY).truth() == Truth.TRUE) {
            seen.status()
                    .filter(status -> status.phase() == JobStatus.Phase.RUNNING)
                    .ifPresentOrElse(
                            status -> wells.put(job, new Well(uid, seen.now(), status, plan)), () -> wells.remove(job));
            return new Said(seen, plan);
        }
        Optional<Well> last = Optional.ofNullable(wells.get(job))
                .filter(well -> well.uid().equals(uid) && isWellStill(well, seen, plan));
        if (last.isEmpty()) {
            wells.remove(job);
        }
        return last.map(well -> new Said(seen.withJob(new Observed.Job.Seen(well.status())), asItWas(well, plan)))
                .orElseGet(() -> new Said(seen, plan));
    }

    /** Something else was said of it, or it is gone. */
    void forget(JobKey job) {
        wells.remove(job);
    }

    void forget(String namespace, String pipeline) {
        wells.keySet().removeIf(job -> job.isOf(namespace, pipeline));
    }

    private static boolean isWellStill(Well well, Observed seen, Plan plan) {
        return Duration.between(well.at(), seen.now()).compareTo(WITHIN) < 0
                && FOR_WANT_OF_A_LEADER.contains(
                        verdict(plan, ConditionType.READY).reason())
                && seen.status().filter(status -> !isTakingOver(status, well)).isEmpty()
                && hasItsPods(well.status(), seen);
    }

    /** Pods beside those of its run, as such that wait for the next one, are not ready where there is no coordinator. */
    private static boolean hasItsPods(JobStatus well, Observed seen) {
        return seen.coordinator().isPresent()
                && well.stages().stream().allMatch(stage -> seen.deployments().stream()
                        .filter(one -> one.stage().equals(stage.name())
                                && one.revision().equals(well.revisions().get(stage.name())))
                        .anyMatch(one -> one.ready() >= stage.replicas().size()));
    }

    /** A leader that does not know yet whether all of its run are there: without a run, or in the one that was well. */
    private static boolean isTakingOver(JobStatus status, Well well) {
        return status.phase() == JobStatus.Phase.STARTING
                && (status.run() == 0 || status.run() == well.status().run());
    }

    /** A change that was under way is so still, though nobody says it. */
    private static Plan asItWas(Well well, Plan plan) {
        Verdict now = verdict(plan, ConditionType.RECONCILING);
        Verdict reconciling = now.truth() == Truth.TRUE ? now : verdict(well.plan(), ConditionType.RECONCILING);
        Verdict ready = Verdict.yes(
                ConditionType.READY,
                ReadyReason.RUNNING,
                "runs on while no coordinator leads: "
                        + verdict(plan, ConditionType.READY).message());
        List<Verdict> verdicts = plan.verdicts().stream()
                .map(verdict -> switch (verdict.type()) {
                    case READY -> ready;
                    case RECONCILING -> reconciling;
                    default -> verdict;
                })
                .toList();
        boolean unknown = plan.phase() == PipelinePhase.Starting || plan.phase() == PipelinePhase.Pending;
        return new Plan(
                plan.steps(),
                unknown ? well.plan().phase() : plan.phase(),
                reconciling.truth() == Truth.TRUE ? reconciling.message() : ready.message(),
                verdicts);
    }

    private static Verdict verdict(Plan plan, ConditionType type) {
        return plan.verdicts().stream()
                .filter(verdict -> verdict.type() == type)
                .findFirst()
                .orElseThrow();
    }
}

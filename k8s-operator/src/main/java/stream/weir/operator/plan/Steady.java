package stream.weir.operator.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.plan.Observed.CoordinatorDeployment;
import stream.weir.operator.plan.Observed.Job;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.StalledReason;

/** A pipeline whose coordinator works by the file of now. */
final class Steady {
    private Steady() {}

    static void plan(Wanted wanted, Observed seen, Draft draft) {
        Planner.createMissing(wanted, seen, draft);
        boolean stopped = seen.status()
                .filter(status -> status.phase() == JobStatus.Phase.STOPPED)
                .isPresent();
        seen.coordinator()
                .filter(coordinator -> coordinator.replicas() != wanted.coordinatorReplicas() && !stopped)
                .ifPresent(coordinator -> draft.add(new Step.ScaleCoordinator(wanted.coordinatorReplicas())));
        Scaling.plan(wanted, seen, draft);
        // Of a change that was taken back before it took place.
        Planner.dropChecks(seen, draft);
        switch (seen.job()) {
            case Job.Unreachable none -> unreachable(seen, none, draft);
            case Job.Seen job -> says(wanted, seen, job.status(), draft);
        }
    }

    private static void unreachable(Observed seen, Job.Unreachable none, Draft draft) {
        draft.phase(PipelinePhase.Starting);
        String trouble = seen.coordinator()
                .flatMap(CoordinatorDeployment::trouble)
                .map(why -> "; its pod: " + why)
                .orElse("");
        draft.notReady(ReadyReason.COORDINATOR_UNREACHABLE, none.why() + trouble);
    }

    private static void says(Wanted wanted, Observed seen, JobStatus status, Draft draft) {
        switch (status.phase()) {
            case STARTING, UNKNOWN -> {
                draft.phase(PipelinePhase.Starting);
                draft.notReady(ReadyReason.STARTING, message(status, "processes come up") + trouble(seen));
            }
            case RECOVERING -> {
                draft.phase(PipelinePhase.Recovering);
                draft.notReady(
                        ReadyReason.RECOVERING, message(status, "replicas go back to a checkpoint") + trouble(seen));
            }
            case FAILED -> {
                draft.phase(PipelinePhase.Failed);
                draft.notReady(ReadyReason.JOB_FAILED, status.detail());
                draft.stalled(StalledReason.JOB_FAILED, message(status, "the coordinator has given up"));
            }
            case STOPPED -> {
                draft.phase(PipelinePhase.Starting);
                draft.notReady(ReadyReason.STARTING, "is stopped, and is started again");
                draft.reconciling(ReconcilingReason.RESUMING, "the coordinator is started again");
                // It stays stopped until a new process leads.
                seen.coordinator()
                        .filter(coordinator -> coordinator.replicas() > 0)
                        .ifPresent(coordinator -> draft.add(new Step.ScaleCoordinator(0)));
            }
            case RUNNING, RESHAPING -> running(wanted, seen, status, draft);
            case COMPLETED -> throw new IllegalStateException("a completed job is not steady");
        }
    }

    private static void running(Wanted wanted, Observed seen, JobStatus status, Draft draft) {
        boolean allNew = status.revisions().equals(wanted.revisions());
        if (allNew) {
            seen.deployments().stream()
                    .filter(deployment -> !Planner.isWanted(wanted, deployment))
                    .forEach(old -> draft.add(new Step.DeleteDeployment(old.name())));
        } else {
            draft.reconciling(
                    ReconcilingReason.UPGRADING,
                    "the coordinator has not begun a run of the new revisions yet" + status.inAddition());
            stalledChange(wanted, seen, status, draft);
        }
        draft.phase(
                !allNew
                        ? PipelinePhase.Upgrading
                        : draft.isReconciling() || status.phase() == JobStatus.Phase.RESHAPING
                                ? PipelinePhase.Rescaling
                                : PipelinePhase.Running);
        Optional<String> overdue = CheckpointHealth.overdue(wanted, status);
        if (allNew && !isStable(seen, status)) {
            draft.notReady(
                    ReadyReason.AWAITING_CHECKPOINT,
                    "runs; no checkpoint was complete yet since it was started or changed");
        } else if (status.isStalled()) {
            draft.notReady(ReadyReason.NO_PROGRESS, status.detail());
        } else if (overdue.isPresent()) {
            draft.notReady(ReadyReason.CHECKPOINT_OVERDUE, overdue.get());
        } else if (allNew) {
            draft.ready(ReadyReason.RUNNING, "all stages run, and checkpoints complete");
        } else {
            draft.ready(ReadyReason.RUNNING, "the old spec runs until a run of the new revisions begins");
        }
    }

    /** Whether somebody has to do something before a run of the new revisions begins. */
    private static void stalledChange(Wanted wanted, Observed seen, JobStatus status, Draft draft) {
        if (status.isReshapeRefused()) {
            draft.stalled(StalledReason.REFUSED, status.detail() + ". The old spec goes on.");
        } else if (seen.coordinator()
                .flatMap(CoordinatorDeployment::rolledAt)
                .filter(at -> Duration.between(at, seen.now()).compareTo(wanted.progressDeadline()) > 0)
                .isPresent()) {
            draft.stalled(
                    StalledReason.PROGRESS_DEADLINE_EXCEEDED,
                    "no run of the new revisions has begun within "
                            + wanted.progressDeadline().toSeconds() + " s" + status.inAddition() + trouble(seen)
                            + ". The old spec goes on; correct the new one, or set it back.");
        }
    }

    /** Running is not enough: what cannot take a checkpoint is not well, and cannot be gone back to. */
    private static boolean isStable(Observed seen, JobStatus status) {
        if (status.completed() > 0) {
            return true;
        }
        Instant changed =
                seen.coordinator().flatMap(CoordinatorDeployment::rolledAt).orElse(Instant.EPOCH);
        return status.newest()
                .filter(newest -> newest.atMillis() >= changed.toEpochMilli())
                .isPresent();
    }

    private static String message(JobStatus status, String otherwise) {
        return status.detail().isEmpty() ? otherwise : status.detail();
    }

    private static String trouble(Observed seen) {
        return seen.deployments().stream()
                .filter(deployment -> !deployment.isUp())
                .flatMap(deployment -> deployment.trouble().stream().map(why -> "; " + deployment.name() + ": " + why))
                .findFirst()
                .orElse("");
    }
}

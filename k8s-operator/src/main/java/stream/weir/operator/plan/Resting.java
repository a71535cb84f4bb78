package stream.weir.operator.plan;

import java.time.Duration;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.plan.Observed.Job;
import stream.weir.operator.plan.Observed.StageDeployment;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;

/** Pipelines whose pods go: suspended ones, and those that have come to their end. */
final class Resting {
    private Resting() {}

    static void suspend(Wanted wanted, Observed seen, Draft draft) {
        Planner.dropChecks(seen, draft);
        if (isAtRest(seen)) {
            draft.phase(PipelinePhase.Suspended);
            draft.notReady(
                    ReadyReason.SUSPENDED, "spec.suspend is true; set to false it goes on from the last checkpoint");
            return;
        }
        draft.phase(PipelinePhase.Suspending);
        draft.notReady(ReadyReason.SUSPENDED, "is being suspended");
        switch (seen.job()) {
            case Job.Seen job
            when job.status().isAlive() -> {
                draft.add(new Step.AskStop());
                draft.reconciling(ReconcilingReason.SUSPENDING, "takes a last checkpoint and stops");
            }
            case Job.Seen job -> {
                noPods(seen, draft);
                draft.reconciling(ReconcilingReason.SUSPENDING, "is stopped; pods go");
            }
            case Job.Unreachable none
            when givesUp(none, wanted, seen) -> {
                noPods(seen, draft);
                draft.reconciling(
                        ReconcilingReason.SUSPENDING,
                        "nobody could be asked for a last checkpoint (" + none.why() + "); pods go all the same");
            }
            case Job.Unreachable none ->
                draft.reconciling(
                        ReconcilingReason.SUSPENDING,
                        "waits for a coordinator that takes a last checkpoint: " + none.why());
        }
    }

    static void completed(Observed seen, Draft draft) {
        Planner.dropChecks(seen, draft);
        draft.phase(PipelinePhase.Completed);
        draft.ready(ReadyReason.COMPLETED, "all input is processed and its output committed");
        if (!isAtRest(seen)) {
            draft.add(new Step.RememberCompleted());
            noPods(seen, draft);
        }
    }

    /** Without a coordinator that could stop it, what is running goes on from its last checkpoint later: nothing is lost. */
    private static boolean givesUp(Job.Unreachable none, Wanted wanted, Observed seen) {
        return seen.coordinator()
                        .filter(coordinator -> coordinator.replicas() == 0)
                        .isPresent()
                || Duration.between(none.since(), seen.now()).compareTo(wanted.progressDeadline()) > 0;
    }

    /** Stages first: a coordinator that goes first would be missed by them. */
    private static void noPods(Observed seen, Draft draft) {
        for (StageDeployment deployment : seen.deployments()) {
            if (deployment.replicas() > 0) {
                draft.add(new Step.ScaleDeployment(deployment.name(), 0));
            }
        }
        draft.add(new Step.ScaleCoordinator(0));
    }

    private static boolean isAtRest(Observed seen) {
        return seen.deployments().stream().allMatch(deployment -> deployment.replicas() == 0)
                && seen.coordinator()
                        .filter(coordinator -> coordinator.replicas() > 0)
                        .isEmpty();
    }
}

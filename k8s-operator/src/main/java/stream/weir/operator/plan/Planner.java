package stream.weir.operator.plan;

import java.util.List;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.plan.Observed.CoordinatorDeployment;
import stream.weir.operator.plan.Observed.StageDeployment;
import stream.weir.operator.plan.Observed.StateCheck;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.Verdict;

/**
 * Looks at where a pipeline is in its life, and lets the part that knows about it plan.
 *
 * <pre>
 *   no coordinator ──► first start ──► steady ◄──► upgrade      (the coordinator's file is that of now, or not)
 *                                        │  ▲
 *                         suspend: true  ▼  │  suspend: false
 *                                       resting                 (also when the job has come to its end)
 * </pre>
 */
public final class Planner {
    private Planner() {}

    public static Plan plan(Wanted wanted, Observed seen) {
        Draft draft = new Draft();
        LostPods.plan(seen, draft);
        if (wanted.suspend()) {
            Resting.suspend(wanted, seen, draft);
        } else if (seen.coordinator().isEmpty()) {
            firstStart(wanted, seen, draft);
        } else if (isCompleted(wanted, seen, seen.coordinator().get())) {
            Resting.completed(seen, draft);
        } else if (isUpToDate(wanted, seen.coordinator().get())) {
            Steady.plan(wanted, seen, draft);
        } else {
            Upgrade.plan(wanted, seen, draft);
        }
        return draft.finished(wanted, seen);
    }

    /**
     * What is done for a job while the spec of now cannot be run: what it loses is replaced, so that it goes on as it is.
     *
     * @param deleted whether its pipeline waits for its finalizer: no change is under way any more, and data go when no pod reads them
     */
    public static Tending tend(Observed seen, boolean deleted) {
        Draft draft = new Draft();
        LostPods.plan(seen, draft);
        if (deleted) {
            dropChecks(seen, draft);
        }
        return new Tending(draft.steps(), draft.reconciling());
    }

    /**
     * @param steps about pods, nodes and leases alone
     * @param reconciling what is replaced, where anything is
     */
    public record Tending(List<Step> steps, Verdict reconciling) {}

    private static boolean isUpToDate(Wanted wanted, CoordinatorDeployment coordinator) {
        return coordinator.file().equals(wanted.file())
                && coordinator.settings().equals(wanted.coordinator());
    }

    /** A job that has come to its end is remembered with the file that it had: another file may have more to do. */
    private static boolean isCompleted(Wanted wanted, Observed seen, CoordinatorDeployment coordinator) {
        boolean remembered =
                coordinator.completedFile().filter(wanted.file()::equals).isPresent();
        boolean says = coordinator.file().equals(wanted.file())
                && seen.status()
                        .filter(status -> status.phase() == JobStatus.Phase.COMPLETED)
                        .isPresent();
        return remembered || says;
    }

    private static void firstStart(Wanted wanted, Observed seen, Draft draft) {
        createMissing(wanted, seen, draft);
        draft.add(new Step.ApplyCoordinator(wanted.coordinatorReplicas()));
        draft.phase(PipelinePhase.Pending);
        draft.notReady(ReadyReason.STARTING, "pods are being created");
        draft.reconciling(ReconcilingReason.CREATING, "pods are being created");
    }

    static void createMissing(Wanted wanted, Observed seen, Draft draft) {
        for (Wanted.WantedStage stage : wanted.stages()) {
            if (seen.deployment(stage.name(), stage.revision()).isEmpty()) {
                draft.add(new Step.CreateStage(stage.name(), stage.revision(), seen.asked(stage)));
            }
        }
    }

    /** Of a change that is not under way, or not now. */
    static void dropChecks(Observed seen, Draft draft) {
        seen.checks().stream()
                .map(StateCheck::stage)
                .distinct()
                .sorted()
                .forEach(stage -> draft.add(new Step.DropChecks(stage)));
    }

    static boolean isWanted(Wanted wanted, StageDeployment deployment) {
        return wanted.stage(deployment.stage())
                .filter(stage -> stage.revision().equals(deployment.revision()))
                .isPresent();
    }
}

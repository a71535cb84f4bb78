package stream.weir.operator.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.plan.Observed.StageDeployment;
import stream.weir.operator.plan.Observed.StateCheck;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.status.CompatibilityReason;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.StalledReason;
import stream.weir.operator.status.Verdict.Truth;

/**
 * A pipeline whose coordinator works by an older file. New processes come up beside the old ones, which go on; the last thing is that
 * the coordinator gets the new file. Until then nothing that runs is touched, and the spec may change once more or back.
 */
final class Upgrade {
    private final Wanted wanted;
    private final Observed seen;
    private final Draft draft;
    private final List<WantedStage> changed;

    private Upgrade(Wanted wanted, Observed seen, Draft draft, List<WantedStage> changed) {
        this.wanted = wanted;
        this.seen = seen;
        this.draft = draft;
        this.changed = changed;
    }

    static void plan(Wanted wanted, Observed seen, Draft draft) {
        draft.phase(PipelinePhase.Upgrading);
        draft.reconciling(ReconcilingReason.UPGRADING, "a changed spec takes the place of the running one");
        if (seen.status().filter(status -> status.phase() == Phase.RUNNING).isPresent()) {
            draft.ready(ReadyReason.RUNNING, "the old spec runs until the new processes are there");
        } else {
            draft.notReady(ReadyReason.STARTING, "the old spec does not run");
        }
        Map<String, String> running = seen.status().map(JobStatus::revisions).orElse(Map.of());
        List<WantedStage> changed = wanted.stages().stream()
                .filter(stage -> !stage.revision().equals(running.get(stage.name())))
                .toList();
        new Upgrade(wanted, seen, draft, changed).plan();
    }

    private void plan() {
        dropAbandoned();
        if (!statesFit()) {
            return;
        }
        Planner.createMissing(wanted, seen, draft);
        for (WantedStage stage : changed) {
            seen.deployment(stage.name(), stage.revision())
                    .filter(deployment -> deployment.replicas() != seen.asked(stage))
                    .ifPresent(deployment -> draft.add(new Step.ScaleDeployment(deployment.name(), seen.asked(stage))));
        }
        if (!isUnheld() && !(newAreThere() && hasCheckpoint())) {
            return;
        }
        wanted.stages().forEach(stage -> dropChecks(stage.name()));
        draft.add(new Step.ApplyCoordinator(wanted.coordinatorReplicas()));
    }

    /** Nothing runs that could be taken over: waiting would help nobody, and the change may be what helps. */
    private boolean isUnheld() {
        boolean nobody = seen.status().isEmpty()
                && seen.coordinator()
                        .filter(coordinator -> coordinator.ready() > 0)
                        .isEmpty();
        boolean over = seen.status().filter(status -> !status.isAlive()).isPresent();
        return nobody || over;
    }

    /** Processes of a spec that came and went again before it ran. */
    private void dropAbandoned() {
        Map<String, String> running = seen.status().map(JobStatus::revisions).orElse(Map.of());
        if (running.isEmpty()) {
            return;
        }
        for (StageDeployment deployment : seen.deployments()) {
            if (!Planner.isWanted(wanted, deployment)
                    && !deployment.revision().equals(running.get(deployment.stage()))) {
                draft.add(new Step.DeleteDeployment(deployment.name()));
            }
        }
    }

    /** Whether the new images can read the last state; an image that cannot is not started. */
    private boolean statesFit() {
        Optional<JobStatus> status = seen.status();
        if (!wanted.checkState() || status.isEmpty() || status.get().newest().isEmpty()) {
            return true;
        }
        List<String> incompatible = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        boolean going = false;
        boolean any = false;
        for (WantedStage stage : changed) {
            if (!status.get().revisions().containsKey(stage.name())) {
                continue;
            }
            any = true;
            Optional<StateCheck> check = seen.check(stage.name(), stage.revision());
            if (check.isEmpty()) {
                draft.add(new Step.StartCheck(stage.name(), stage.revision()));
                going = true;
                continue;
            }
            switch (check.get().result()) {
                case GOING_ON -> {
                    going = true;
                    if (isLate(check.get().created())) {
                        failed.add(stage.name() + ": the check does not come to an end: "
                                + check.get().detail());
                    }
                }
                case COMPATIBLE -> {}
                case INCOMPATIBLE ->
                    incompatible.add(stage.name() + ": " + check.get().detail());
                case FAILED -> failed.add(stage.name() + ": " + check.get().detail());
            }
        }
        if (!incompatible.isEmpty()) {
            String message = "the last checkpoint cannot be read by " + String.join("; ", incompatible);
            draft.compatible(Truth.FALSE, CompatibilityReason.SCHEMA_CHANGED, message);
            draft.stalled(StalledReason.STATE_INCOMPATIBLE, message + ". The old spec goes on.");
        } else if (!failed.isEmpty()) {
            String message = "whether the state can be read could not be found out: " + String.join("; ", failed);
            draft.compatible(Truth.UNKNOWN, CompatibilityReason.CHECK_FAILED, message);
            draft.stalled(
                    StalledReason.STATE_CHECK_FAILED,
                    message + ". The old spec goes on. Delete the pod of the check to try again,"
                            + " or set spec.upgrade.checkState to false.");
        } else if (going) {
            draft.compatible(Truth.UNKNOWN, CompatibilityReason.CHECKING, "the comparison goes on");
            draft.reconciling(ReconcilingReason.CHECKING_STATE, "the new images are held against the last checkpoint");
        } else if (any) {
            draft.compatible(Truth.TRUE, CompatibilityReason.COMPATIBLE, "the new images can read the last checkpoint");
        }
        return incompatible.isEmpty() && failed.isEmpty() && !going;
    }

    private boolean newAreThere() {
        List<String> missing = new ArrayList<>();
        for (WantedStage stage : changed) {
            Optional<StageDeployment> deployment = seen.deployment(stage.name(), stage.revision());
            int there = guests(stage);
            if (deployment.isEmpty() || there < seen.asked(stage)) {
                missing.add(stage.name() + " (" + there + " of " + seen.asked(stage) + ")"
                        + deployment
                                .flatMap(StageDeployment::trouble)
                                .map(why -> ": " + why)
                                .orElse(""));
                if (deployment.isPresent() && isLate(deployment.get().created())) {
                    draft.stalled(
                            StalledReason.PROGRESS_DEADLINE_EXCEEDED,
                            "pods of the change did not come up within "
                                    + wanted.progressDeadline().toSeconds() + " s: " + missing
                                    + ". The old spec goes on; correct the new one, or set it back.");
                }
            }
        }
        if (!missing.isEmpty()) {
            draft.reconciling(ReconcilingReason.UPGRADING, "waits for processes of the new revisions: " + missing);
        }
        return missing.isEmpty();
    }

    /** Processes of the new revision that have connected: being up says less. */
    private int guests(WantedStage stage) {
        return (int) seen.status().flatMap(status -> status.stage(stage.name())).stream()
                .flatMap(said -> said.instances().stream())
                .filter(instance -> instance.connected() && instance.revision().equals(stage.revision()))
                .count();
    }

    /** A checkpoint that was complete after the new processes were there: as little as possible is processed twice. */
    private boolean hasCheckpoint() {
        if (changed.isEmpty()
                || seen.status()
                        .filter(status -> status.phase() == Phase.RUNNING)
                        .isEmpty()) {
            // Only the coordinator changes, or replicas do not run: then a start goes on from the newest one anyway.
            return true;
        }
        Instant there = changed.stream()
                .flatMap(stage -> seen.deployment(stage.name(), stage.revision()).stream())
                .flatMap(deployment -> deployment.readySince().stream())
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        JobStatus status = seen.status().orElseThrow();
        if (status.newest()
                .filter(newest -> newest.atMillis() >= there.toEpochMilli())
                .isPresent()) {
            return true;
        }
        if (status.inProgress() == 0) {
            draft.add(new Step.AskCheckpoint());
        }
        draft.reconciling(ReconcilingReason.UPGRADING, "all new processes are there; takes a checkpoint first");
        if (isLate(there)) {
            draft.stalled(
                    StalledReason.CHECKPOINT_FAILING,
                    "no checkpoint can be taken before the change: "
                            + status.lastEnded()
                                    .flatMap(JobStatus.Checkpoint::failure)
                                    .orElse("none was complete")
                            + ". The old spec goes on. When checkpoints complete again, the change does; set"
                            + " spec.suspend to true to change it without.");
        }
        return false;
    }

    private boolean isLate(Instant since) {
        return Duration.between(since, seen.now()).compareTo(wanted.progressDeadline()) > 0;
    }

    private void dropChecks(String stage) {
        if (seen.checks().stream().anyMatch(check -> check.stage().equals(stage))) {
            draft.add(new Step.DropChecks(stage));
        }
    }
}

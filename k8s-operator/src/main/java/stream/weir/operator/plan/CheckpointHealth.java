package stream.weir.operator.plan;

import java.time.Duration;
import java.util.Optional;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Checkpoint;
import stream.weir.operator.status.CheckpointReason;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.RestorableReason;
import stream.weir.operator.status.Verdict;

/** Whether checkpoints complete: running without them is not being well. */
final class CheckpointHealth {
    private static final int INTERVALS = 5;
    private static final Duration LEAST = Duration.ofMinutes(1);

    private CheckpointHealth() {}

    static Verdict healthy(Wanted wanted, Observed seen) {
        ConditionType type = ConditionType.CHECKPOINT_HEALTHY;
        Optional<JobStatus> status = seen.status();
        if (status.isEmpty()) {
            return Verdict.unknown(type, CheckpointReason.UNKNOWN, "no coordinator answers");
        }
        Optional<Checkpoint> ended = status.get().lastEnded();
        if (ended.isPresent() && !ended.get().complete()) {
            return Verdict.no(
                    type,
                    reason(ended.get()),
                    "checkpoint " + ended.get().id() + " failed: "
                            + ended.get().failure().orElse("") + " "
                            + ended.get().detail());
        }
        Optional<String> overdue = overdue(wanted, status.get());
        if (overdue.isPresent()) {
            return Verdict.no(type, CheckpointReason.OVERDUE, overdue.get());
        }
        return status.get()
                .newest()
                .map(newest -> Verdict.yes(type, CheckpointReason.COMPLETED, "checkpoints complete"))
                .orElseGet(() -> Verdict.unknown(type, CheckpointReason.NONE_YET, "no checkpoint was complete yet"));
    }

    static Verdict restorable(Observed seen) {
        ConditionType type = ConditionType.RESTORABLE;
        return seen.status()
                .map(status -> status.newest().isPresent()
                        ? Verdict.yes(
                                type, RestorableReason.MANIFEST_READ, "there is a complete checkpoint to go back to")
                        : Verdict.no(type, RestorableReason.NO_CHECKPOINT, "no checkpoint was complete yet"))
                .orElseGet(() -> Verdict.unknown(type, RestorableReason.UNKNOWN, "no coordinator answers"));
    }

    /** Why the last complete checkpoint is too long ago, if it is; by the coordinator's clock alone. */
    static Optional<String> overdue(Wanted wanted, JobStatus status) {
        if (status.phase() != JobStatus.Phase.RUNNING) {
            return Optional.empty();
        }
        Duration most = wanted.checkpointInterval().multipliedBy(INTERVALS);
        Duration limit = most.compareTo(LEAST) < 0 ? LEAST : most;
        return status.newest()
                .map(newest -> Duration.ofMillis(status.atMillis() - newest.atMillis() - newest.durationMillis()))
                .filter(age -> age.compareTo(limit) > 0)
                .map(age -> "the last complete checkpoint, "
                        + status.newest().map(Checkpoint::id).orElse(0L) + ", is more than " + limit.toSeconds()
                        + " s ago; one is due every "
                        + wanted.checkpointInterval().toSeconds() + " s");
    }

    private static CheckpointReason reason(Checkpoint failed) {
        String word = failed.failure().orElse("");
        if (word.contains("TIME")) {
            return CheckpointReason.TIMED_OUT;
        }
        return word.contains("ALIGNMENT") ? CheckpointReason.ALIGNMENT_LIMIT_EXCEEDED : CheckpointReason.FAILING;
    }
}

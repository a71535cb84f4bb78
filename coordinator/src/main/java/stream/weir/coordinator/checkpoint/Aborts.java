package stream.weir.coordinator.checkpoint;

import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.JobState.Finishing;
import stream.weir.coordinator.checkpoint.JobState.Live;
import stream.weir.coordinator.checkpoint.JobState.Recovering;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.coordinator.checkpoint.JobState.Stopping;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Undecided;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.control.ToReplica;

/** What follows from a checkpoint that fails, and from a job that fails. */
final class Aborts {
    private final CoordinatorConfig config;

    Aborts(CoordinatorConfig config) {
        this.config = config;
    }

    /** Aborts a checkpoint for a reason of its own, which may fail the job. */
    void abort(Turn turn, Undecided pending, CheckpointFailure reason, String detail) {
        abort(turn, pending.abort(turn.course().fence(), reason), reason, detail);
        count(turn, pending.checkpoint(), pending.kind(), reason, detail);
    }

    /** The store refused its manifest and does not have it. */
    void refused(Turn turn, PendingCheckpoint.Storing storing, CheckpointFailure reason, String detail) {
        abort(turn, storing.refused(turn.course().fence(), reason), reason, detail);
        CheckpointKind kind = storing.entry() instanceof Entry.Complete complete
                ? complete.manifest().kind()
                : CheckpointKind.PERIODIC;
        count(turn, storing.checkpoint(), kind, reason, detail);
    }

    /** The run is over: whatever is not decided is aborted. Counts as nobody's failure. */
    void abortAll(Turn turn, CheckpointFailure reason, String detail) {
        for (Undecided pending : turn.course().chain().undecided()) {
            abort(turn, pending.abort(turn.course().fence(), reason), reason, detail);
        }
    }

    void fail(Turn turn, JobFailure reason, String detail) {
        if (reason != JobFailure.FENCED) {
            abortAll(turn, CheckpointFailure.RUN_ENDED, reason + ": " + detail);
        }
        switch (turn.state()) {
            case Live live -> turn.moveTo(live.fail(reason, detail));
            case Recovering recovering -> turn.moveTo(recovering.fail(reason, detail));
            case JobState.Ended ended -> throw new IllegalStateException("over already: " + ended);
        }
    }

    private void abort(Turn turn, PendingCheckpoint.Aborted aborted, CheckpointFailure reason, String detail) {
        Course course = turn.course();
        turn.update(course.failed(course.chain().replace(aborted), course.failures(), turn.now()));
        turn.emit(new Effect.ToAll(new ToReplica.Abort(course.fence(), aborted.checkpoint(), reason)));
        turn.emit(new Effect.CheckpointFailed(aborted.checkpoint(), reason, detail));
    }

    private void count(Turn turn, long checkpoint, CheckpointKind kind, CheckpointFailure reason, String detail) {
        long retryAt = turn.now().after(config.retryDelay());
        switch (turn.state()) {
            case Running running
            when kind != CheckpointKind.FINAL -> {
                Course course = running.course();
                int failures = course.failures() + 1;
                turn.update(course.failed(course.chain(), failures, turn.now())
                        .withReshape(course.reshape().map(reshape -> reshape.retryAt(retryAt))));
                if (config.tolerableFailures() >= 0 && failures > config.tolerableFailures()) {
                    fail(
                            turn,
                            JobFailure.CHECKPOINTS_FAILED,
                            failures + " in a row, tolerated are " + config.tolerableFailures() + "; the last one was "
                                    + checkpoint + " (" + reason + ": " + detail + ")");
                }
            }
            case Finishing finishing -> turn.update(finishing.retryAt(retryAt));
            case Stopping stopping -> turn.update(stopping.retryAt(retryAt));
            default -> {}
        }
    }
}

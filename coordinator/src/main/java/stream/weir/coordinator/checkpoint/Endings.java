package stream.weir.coordinator.checkpoint;

import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.Command.Stop.Wanted;
import stream.weir.coordinator.checkpoint.JobState.Active;
import stream.weir.coordinator.checkpoint.JobState.Ended;
import stream.weir.coordinator.checkpoint.JobState.Finishing;
import stream.weir.coordinator.checkpoint.JobState.Recovering;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.coordinator.checkpoint.JobState.Stopping;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;

/** How a job comes to its end: its input is over, or somebody stops it. Over means that sinks have committed. */
final class Endings {
    private final CoordinatorConfig config;
    private final Recovery recovery;

    Endings(CoordinatorConfig config, Recovery recovery) {
        this.config = config;
        this.recovery = recovery;
    }

    void stop(Turn turn, Wanted wanted) {
        long deadline = turn.now().after(config.timeout());
        if (wanted == Wanted.SAVEPOINT
                && turn.state() instanceof Active active
                && active.course().stopBy().isEmpty()) {
            turn.update(active.course().withStopBy(deadline));
        }
        if (isToWait(turn.state())) {
            return;
        }
        switch (turn.state()) {
            case Running running -> stopping(turn, running.stop(deadline, turn.now()));
            case Finishing finishing -> stopping(turn, finishing.stop(deadline, turn.now()));
            case Recovering recovering -> turn.moveTo(recovering.stop(), StateReason.STOP_REQUESTED, "asked to stop");
            case Stopping stopping -> {}
            case Ended ended -> {}
        }
    }

    /** Whether a checkpoint is wanted that cannot be taken yet. */
    private static boolean isToWait(JobState state) {
        return switch (state) {
            case Running running -> wantsSavepoint(running) && !running.course().allOpened();
            case Recovering recovering -> wantsSavepoint(recovering);
            default -> false;
        };
    }

    private static boolean wantsSavepoint(Active active) {
        return active.course().stopBy().isPresent();
    }

    /** Stops in a run that began after somebody wanted a savepoint of it, or when it is too late for one. */
    void stopLate(Turn turn) {
        if (!(turn.state() instanceof Active active) || !wantsSavepoint(active)) {
            return;
        }
        long deadline = active.course().stopBy().getAsLong();
        switch (active) {
            case Running running
            when running.course().allOpened() ->
                turn.moveTo(running.stop(deadline, turn.now()), StateReason.STOP_REQUESTED, "asked to stop");
            case Running running
            when turn.now().reached(deadline) -> stopping(turn, running.stop(deadline, turn.now()));
            case Recovering recovering
            when turn.now().reached(deadline) ->
                turn.moveTo(recovering.stopLate(), StateReason.STOP_REQUESTED, "asked to stop");
            default -> {}
        }
    }

    private void stopping(Turn turn, Stopping stopping) {
        turn.moveTo(stopping, StateReason.STOP_REQUESTED, "asked to stop");
        if (!turn.course().allOpened()) {
            String detail = "without a last checkpoint, as not all replicas had opened";
            turn.moveTo(stopping.stopped(LastCheckpoint.NONE, detail), StateReason.STOP_REQUESTED, "asked to stop");
        }
    }

    /** Whether the input is over. */
    void enter(Turn turn) {
        if (turn.state() instanceof Running running && running.course().allFinished()) {
            turn.moveTo(running.finish(turn.now()), StateReason.INPUT_FINISHED, "all replicas have finished");
            Course course = turn.course();
            if (course.isFinal()) {
                // Restored from a final checkpoint: nothing is left but to have it committed.
                turn.emit(new Effect.ToAll(new ToReplica.Complete(course.fence(), course.newestId())));
            }
        }
    }

    void leave(Turn turn) {
        switch (turn.state()) {
            case Finishing finishing -> leave(turn, finishing);
            case Stopping stopping -> leave(turn, stopping);
            default -> {}
        }
    }

    private void leave(Turn turn, Finishing finishing) {
        Optional<Manifest> last =
                finishing.course().newest().filter(any -> finishing.course().isFinal());
        if (last.isEmpty()) {
            return;
        }
        List<ReplicaId> waiting = uncommitted(finishing.course());
        if (waiting.isEmpty()) {
            turn.moveTo(finishing.complete(last.get()), StateReason.OUTPUT_COMMITTED, "all output is committed");
        } else if (finishing.commitByNanos().isEmpty()) {
            turn.update(finishing.commitBy(turn.now().after(config.timeout())));
        } else if (turn.now().reached(finishing.commitByNanos().getAsLong())) {
            recovery.lose(turn, StateReason.NOT_COMMITTED, notCommitted(finishing.course(), waiting));
        }
    }

    private void leave(Turn turn, Stopping stopping) {
        Course course = stopping.course();
        boolean complete = stopping.hasLastCheckpoint();
        if (complete && uncommitted(course).isEmpty()) {
            Optional<Manifest> last = course.newest().filter(any -> course.isFinal());
            if (last.isPresent()) {
                turn.moveTo(stopping.complete(last.get()), StateReason.OUTPUT_COMMITTED, "all output is committed");
            } else {
                String detail = "after checkpoint " + course.newestId();
                turn.moveTo(
                        stopping.stopped(LastCheckpoint.COMMITTED, detail),
                        StateReason.OUTPUT_COMMITTED,
                        "the last checkpoint is committed");
            }
        } else if (turn.now().reached(stopping.deadlineNanos())) {
            String detail = complete
                    ? notCommitted(course, uncommitted(course)) + "; the next start commits it"
                    : "without a last checkpoint, which was not complete within " + config.timeout();
            turn.moveTo(
                    stopping.stopped(complete ? LastCheckpoint.COMPLETE : LastCheckpoint.NONE, detail),
                    StateReason.DEADLINE_REACHED,
                    detail);
        }
    }

    private String notCommitted(Course course, List<ReplicaId> waiting) {
        return "sinks " + waiting + " have not committed checkpoint " + course.newestId() + " within "
                + config.timeout();
    }

    private List<ReplicaId> uncommitted(Course course) {
        return course.roster().sinks().stream()
                .filter(sink -> !course.reports().haveCommitted(List.of(sink), course.newestId()))
                .toList();
    }
}

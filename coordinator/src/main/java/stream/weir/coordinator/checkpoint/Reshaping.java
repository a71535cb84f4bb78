package stream.weir.coordinator.checkpoint;

import java.util.Optional;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.coordinator.checkpoint.JobState.OpeningRun;
import stream.weir.coordinator.checkpoint.JobState.Recovering;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Assignment.DroppedState;

/**
 * The way to a run with other replicas: when their processes are prepared a checkpoint is taken, again if need be, and when one is complete the next run begins with
 * exactly that. Which of the two the job has is decided by the record of the run, so it is never both. A job that goes back to a
 * checkpoint anyway begins with the new ones at once.
 */
final class Reshaping {
    private final Aborts aborts;

    Reshaping(Aborts aborts) {
        this.aborts = aborts;
    }

    void ask(Turn turn, Command.Reshape asked) {
        switch (turn.state()) {
            case OpeningRun opening -> {
                // Its record is on the way to the store: whoever asks does so again in that run.
            }
            case Running _, Recovering _ -> turn.update(turn.course().withReshape(next(turn, asked)));
            default -> {
                // About to end.
            }
        }
    }

    private static Optional<Reshape> next(Turn turn, Command.Reshape asked) {
        Course course = turn.course();
        if (asked.to().equals(course.roster().pipeline())) {
            return Optional.empty();
        }
        boolean ready = asked.readiness() == Readiness.READY;
        Optional<Reshape> same = course.reshape()
                .filter(known -> known.to().equals(asked.to()))
                .filter(known -> known.isReady() || !ready);
        long from = ready ? course.chain().nextId() : Reshape.NOT_YET;
        return same.or(() -> Optional.of(
                new Reshape(asked.to(), asked.dropped(), from, turn.now().nanos())));
    }

    void advance(Turn turn) {
        if (!(turn.state() instanceof Running running)
                || running.course().reshape().isEmpty()) {
            return;
        }
        Course course = running.course();
        Reshape reshape = course.reshape().get();
        boolean checkpointed = course.newestId() >= reshape.from();
        if (!checkpointed && course.allOpened()) {
            return;
        }
        if (refuse(turn, reshape)) {
            return;
        }
        // Without all replicas there is no checkpoint, and nothing that would be lost without one.
        String cause = Reshape.CAUSE + course.roster().pipeline().changesTo(reshape.to());
        aborts.abortAll(turn, CheckpointFailure.RUN_ENDED, cause);
        turn.moveTo(((Running) turn.state()).reshape(cause, turn.now()), StateReason.OTHER_REPLICAS, cause);
    }

    /** Which replicas the next run has. */
    static Roster rosterOfNext(Course course) {
        return course.reshape()
                .filter(reshape -> problem(course, reshape).isEmpty())
                .map(reshape -> Roster.of(reshape.to()))
                .orElse(course.roster());
    }

    /** Whether a checkpoint is to be triggered for it, when time has come. */
    static boolean wantsCheckpoint(Course course) {
        return course.reshape()
                .filter(reshape -> reshape.isReady() && !course.chain().mayComplete(reshape.from()))
                .isPresent();
    }

    private static boolean refuse(Turn turn, Reshape reshape) {
        Optional<String> problem = problem(turn.course(), reshape);
        problem.ifPresent(why -> {
            turn.update(turn.course().withReshape(Optional.empty()));
            turn.emit(new Effect.ReshapeRefused(reshape.to(), why));
        });
        return problem.isPresent();
    }

    private static Optional<String> problem(Course course, Reshape reshape) {
        if (reshape.dropped() == DroppedState.ALLOW) {
            return Optional.empty();
        }
        return course.newest().flatMap(newest -> problem(newest, reshape));
    }

    private static Optional<String> problem(Manifest newest, Reshape reshape) {
        String orphans = StatesWithoutStage.in(newest, reshape.to());
        return orphans.isEmpty()
                ? Optional.empty()
                : Optional.of("STATE_DROPPED: no stage claims the state of " + orphans + " in checkpoint "
                        + newest.checkpoint() + ": name the stages as before, or set allowDroppedState");
    }
}

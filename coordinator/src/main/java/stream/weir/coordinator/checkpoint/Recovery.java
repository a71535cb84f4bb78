package stream.weir.coordinator.checkpoint;

import java.time.Duration;
import java.util.Optional;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.JobState.BackingOff;
import stream.weir.coordinator.checkpoint.JobState.Finishing;
import stream.weir.coordinator.checkpoint.JobState.Live;
import stream.weir.coordinator.checkpoint.JobState.OpeningRun;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.coordinator.checkpoint.JobState.Stopped;
import stream.weir.coordinator.checkpoint.JobState.Stopping;
import stream.weir.coordinator.schedule.Schedule;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;

/**
 * The way back to the newest complete checkpoint of the current branch. The record of the new run is durable before any replica
 * starts, and it is written only when no entry is open any more: what is newest is then known.
 */
final class Recovery {
    private final CoordinatorConfig config;
    private final Aborts aborts;

    Recovery(CoordinatorConfig config, Aborts aborts) {
        this.config = config;
        this.aborts = aborts;
    }

    void lose(Turn turn, StateReason reason, String cause) {
        if (!(turn.state() instanceof Live)) {
            return;
        }
        aborts.abortAll(turn, CheckpointFailure.REPLICA_LOST, cause);
        if (turn.state() instanceof Stopping stopping
                && (stopping.hasLastCheckpoint() || stopping.course().stopBy().isEmpty())) {
            turn.moveTo(stopped(stopping, cause), reason, cause);
            return;
        }
        int restart = turn.course().restarts() + 1;
        if (!config.restarts().allows(restart)) {
            aborts.fail(
                    turn,
                    JobFailure.RESTARTS_EXHAUSTED,
                    turn.course().restarts() + " restarts since the last complete checkpoint, allowed are "
                            + config.restarts().attempts() + "; now " + cause);
            return;
        }
        Duration delay = config.restarts().delayBefore(restart);
        turn.update(turn.course().withRestarts(restart));
        long until = turn.now().after(delay);
        switch (turn.state()) {
            case Running running -> turn.moveTo(running.lose(cause, until), reason, cause);
            case Finishing finishing -> turn.moveTo(finishing.lose(cause, until), reason, cause);
            case Stopping stopping -> turn.moveTo(stopping.lose(cause, until), reason, cause);
            default -> throw new IllegalStateException("cannot recover from " + turn.state());
        }
    }

    private static Stopped stopped(Stopping stopping, String cause) {
        return stopping.hasLastCheckpoint()
                ? stopping.stopped(
                        LastCheckpoint.COMPLETE,
                        "after checkpoint " + stopping.course().newestId()
                                + ", which the next start commits, as a replica was lost: " + cause)
                : stopping.stopped(
                        LastCheckpoint.NONE,
                        "at checkpoint " + stopping.course().newestId()
                                + " without a last checkpoint, as a replica was lost: " + cause);
    }

    void advance(Turn turn) {
        switch (turn.state()) {
            case BackingOff backingOff when mayOpen(backingOff, turn.now()) -> open(turn, backingOff);
            case OpeningRun opening
            when opening.retryAtNanos().isPresent()
                    && turn.now().reached(opening.retryAtNanos().getAsLong()) -> {
                turn.update(opening.asking());
                turn.emit(new Effect.StoreRun(opening.run()));
            }
            default -> {}
        }
    }

    void onRunStored(Turn turn, long run, StoreResult result) {
        if (!(turn.state() instanceof OpeningRun opening) || opening.run().run() != run) {
            return;
        }
        switch (result) {
            case StoreResult.Durable durable -> restart(turn, opening);
            case StoreResult.Foreign(String found) ->
                aborts.fail(turn, JobFailure.FENCED, "run " + run + " was opened by another coordinator: " + found);
            case StoreResult.NotApplied refused -> retry(turn, opening);
            case StoreResult.TooLarge refused -> retry(turn, opening);
            case StoreResult.Unknown unknown -> retry(turn, opening);
        }
    }

    private static boolean mayOpen(BackingOff state, Now now) {
        return now.reached(state.untilNanos()) && state.course().chain().isEmpty();
    }

    private static void open(Turn turn, BackingOff state) {
        RunRecord run = nextRun(state.course());
        turn.moveTo(state.open(run), StateReason.DELAY_OVER, "run " + run.run() + " from checkpoint " + run.from());
        turn.emit(new Effect.StoreRun(run));
    }

    private static RunRecord nextRun(Course course) {
        long next = course.ancestry().nextSequence();
        Optional<Manifest> from = course.newest();
        return new RunRecord(
                course.fence().pipeline(),
                next,
                from.map(Manifest::run).orElse(0L),
                from.isPresent() ? course.ancestry().root() : next,
                course.newestId(),
                course.chain().nextId(),
                course.fence().term(),
                Reshaping.rosterOfNext(course).pipeline().stages(),
                course.ancestry().request());
    }

    private void restart(Turn turn, OpeningRun opening) {
        Schedule schedule =
                Schedule.from(config.interval(), config.minPause(), turn.now().nanos());
        Course next = opening.course().next(opening.run(), schedule);
        turn.moveTo(opening.restarted(next), StateReason.RUN_OPENED, opening.cause());
        turn.emit(new Effect.Restart(next.fence(), next.roster().pipeline(), next.newest(), opening.cause()));
    }

    private void retry(Turn turn, OpeningRun opening) {
        turn.update(opening.retryAt(turn.now().after(config.retryDelay())));
    }
}

package stream.weir.coordinator.checkpoint;

import java.util.Optional;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.JobState.Finishing;
import stream.weir.coordinator.checkpoint.JobState.Live;
import stream.weir.coordinator.checkpoint.JobState.Recovering;
import stream.weir.coordinator.checkpoint.JobState.Running;
import stream.weir.coordinator.checkpoint.JobState.Stopping;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Collecting;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToReplica;

/** Starts checkpoints when they are due, and gives up on those that take too long. */
final class Triggering {
    private final CoordinatorConfig config;
    private final Aborts aborts;

    Triggering(CoordinatorConfig config, Aborts aborts) {
        this.config = config;
        this.aborts = aborts;
    }

    void request(Turn turn, CheckpointKind kind) {
        if (!(turn.state() instanceof Running || turn.state() instanceof Recovering)) {
            return;
        }
        boolean savepointWaits = turn.course().requested().equals(Optional.of(CheckpointKind.SAVEPOINT));
        turn.update(turn.course().withRequested(Optional.of(savepointWaits ? CheckpointKind.SAVEPOINT : kind)));
    }

    void expire(Turn turn) {
        if (!(turn.state() instanceof Live)) {
            return;
        }
        for (Collecting pending : turn.course().chain().collecting()) {
            if (turn.state() instanceof Live && turn.now().reached(deadline(pending))) {
                aborts.abort(
                        turn,
                        pending,
                        CheckpointFailure.TIMED_OUT,
                        "after " + config.timeout() + missing(turn.course(), pending));
            }
        }
    }

    long deadline(Collecting pending) {
        return pending.started().after(config.timeout());
    }

    void startDue(Turn turn) {
        if (turn.state() instanceof Live live) {
            due(live, turn.now()).ifPresent(kind -> start(turn, kind));
        }
    }

    private Optional<CheckpointKind> due(Live live, Now now) {
        if (!mayStart(live)) {
            return Optional.empty();
        }
        Course course = live.course();
        return switch (live) {
            case Running running ->
                course.requested()
                        .or(() -> reshapeIsDue(course, now) ? Optional.of(CheckpointKind.REQUESTED) : Optional.empty())
                        .or(() -> course.schedule().isDue(now.nanos())
                                ? Optional.of(CheckpointKind.PERIODIC)
                                : Optional.empty());
            case Finishing finishing when now.reached(finishing.notBeforeNanos()) -> Optional.of(CheckpointKind.FINAL);
            case Stopping stopping
            when now.reached(stopping.notBeforeNanos()) ->
                Optional.of(course.allFinished() ? CheckpointKind.FINAL : CheckpointKind.REQUESTED);
            case Finishing finishing -> Optional.empty();
            case Stopping stopping -> Optional.empty();
        };
    }

    /** Whether only time keeps the next checkpoint from starting. */
    boolean mayStart(Live live) {
        Course course = live.course();
        if (!course.allOpened()) {
            return false;
        }
        return switch (live) {
            case Running running -> course.chain().size() < config.maxConcurrent();
            case Finishing finishing -> course.chain().isEmpty() && !course.isFinal();
            case Stopping stopping -> course.chain().isEmpty() && !stopping.hasLastCheckpoint();
        };
    }

    private static void start(Turn turn, CheckpointKind kind) {
        Course course = turn.course();
        long checkpoint = course.chain().nextId();
        Chain chain = course.chain().append(Collecting.start(checkpoint, kind, turn.now()));
        turn.update(course.started(chain, turn.now()));
        turn.emit(new Effect.CheckpointStarted(checkpoint));
        turn.emit(new Effect.ToAll(new ToReplica.Trigger(course.fence(), checkpoint, kind)));
    }

    private static boolean reshapeIsDue(Course course, Now now) {
        return Reshaping.wantsCheckpoint(course)
                && course.reshape()
                        .filter(each -> now.reached(each.notBeforeNanos()))
                        .isPresent();
    }

    private static String missing(Course course, Collecting pending) {
        StringBuilder names = new StringBuilder(" without acknowledgement of");
        for (ReplicaId replica : course.roster().replicas()) {
            if (!pending.snapshots().has(replica)) {
                names.append(' ').append(replica);
            }
        }
        return names.toString();
    }
}

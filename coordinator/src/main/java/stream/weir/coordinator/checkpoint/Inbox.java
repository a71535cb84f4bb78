package stream.weir.coordinator.checkpoint;

import java.util.List;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.JobState.Live;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Acknowledged;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Collecting;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;

/** What replicas say. Whatever is old, late, double or not theirs to say changes nothing. */
final class Inbox {
    /** State of the Memory backend that a manifest may hold, over all replicas. */
    static final long MAX_INLINE_BYTES = 5L << 20;

    private final CoordinatorConfig config;
    private final Aborts aborts;
    private final Recovery recovery;

    Inbox(CoordinatorConfig config, Aborts aborts, Recovery recovery) {
        this.config = config;
        this.aborts = aborts;
        this.recovery = recovery;
    }

    void receive(Turn turn, ToCoordinator message) {
        if (turn.active().isEmpty() || !admitted(turn, message)) {
            return;
        }
        Course course = turn.course();
        switch (message) {
            case ToCoordinator.Opened opened ->
                turn.update(course.withReports(course.reports().withOpened(opened.replica(), opened.schema())));
            case ToCoordinator.Acknowledge acknowledge -> acknowledge(turn, acknowledge);
            case ToCoordinator.Decline decline ->
                course.chain()
                        .collecting(decline.checkpoint())
                        .ifPresent(pending -> aborts.abort(
                                turn, pending, decline.reason(), decline.replica() + ": " + decline.detail()));
            case ToCoordinator.Finished finished ->
                turn.update(course.withReports(course.reports().withFinished(finished.replica())));
            case ToCoordinator.Committed committed ->
                turn.update(course.withReports(
                        course.reports().withCommitted(committed.replica(), committed.checkpoint())));
            case ToCoordinator.Failed failed ->
                recovery.lose(
                        turn, StateReason.REPLICA_FAILED, "replica " + failed.replica() + " failed: " + failed.error());
        }
    }

    void lost(Turn turn, Command.ReplicaLost lost) {
        if (turn.active().isPresent() && turn.course().fence().run() == lost.run()) {
            recovery.lose(turn, StateReason.REPLICA_LOST, "replica " + lost.replica() + " was lost: " + lost.detail());
        }
    }

    void doesNotFit(Turn turn, Command.DoesNotFit unfit) {
        if (turn.state() instanceof Live && turn.course().fence().run() == unfit.run()) {
            String detail = "replica " + unfit.replica() + " cannot be restored: " + unfit.detail();
            aborts.fail(turn, JobFailure.STATE_DOES_NOT_FIT, detail);
        }
    }

    void fenced(Turn turn, String detail) {
        if (turn.active().isPresent()) {
            aborts.fail(turn, JobFailure.FENCED, detail);
        }
    }

    private boolean admitted(Turn turn, ToCoordinator message) {
        Fence current = turn.course().fence();
        Fence given = message.fence();
        if (given.pipeline().equals(current.pipeline()) && given.term() > current.term()) {
            String why = "FENCED: term " + current.term() + " < " + given.term() + ": replica " + message.replica()
                    + " follows a newer coordinator";
            aborts.fail(turn, JobFailure.FENCED, why);
            return false;
        }
        String why = refusal(turn.course().roster(), current, given, message.replica());
        if (!why.isEmpty()) {
            turn.emit(new Effect.Refused(message, why));
        }
        return why.isEmpty();
    }

    private static String refusal(Roster roster, Fence current, Fence given, ReplicaId replica) {
        if (!given.pipeline().equals(current.pipeline())) {
            return "FENCED: pipeline " + given.pipeline() + " is not " + current.pipeline();
        }
        if (given.term() < current.term()) {
            return "FENCED: term " + given.term() + " < " + current.term();
        }
        if (given.run() < current.run()) {
            return "FENCED: run " + given.run() + " < " + current.run();
        }
        if (given.run() > current.run()) {
            return "run " + given.run() + " was never started; the current one is " + current.run();
        }
        return roster.has(replica) ? "" : "there is no replica " + replica + " in " + current.pipeline();
    }

    private void acknowledge(Turn turn, ToCoordinator.Acknowledge message) {
        ReplicaSnapshot snapshot = message.snapshot();
        ReplicaId replica = message.replica();
        if (!replica.equals(new ReplicaId(snapshot.stage(), snapshot.replica()))) {
            turn.emit(new Effect.Refused(
                    message, replica + " acknowledged for " + snapshot.stage() + "-" + snapshot.replica()));
            return;
        }
        turn.course()
                .chain()
                .collecting(message.checkpoint())
                .filter(pending -> !pending.snapshots().has(replica))
                .ifPresent(pending -> collect(turn, pending.with(replica, snapshot, turn.now())));
    }

    private void collect(Turn turn, Collecting pending) {
        Course course = turn.course();
        if (!course.roster().isAll(pending.snapshots().size())) {
            turn.update(course.withChain(course.chain().replace(pending)));
            return;
        }
        Acknowledged all = pending.acknowledged(
                course.fence(),
                config.maxParallelism(),
                schemas(course),
                course.roster().replicas(),
                turn.now());
        turn.update(course.withChain(course.chain().replace(all)));
        long inline = inlineBytes(all.manifest());
        if (inline > MAX_INLINE_BYTES) {
            aborts.abort(
                    turn,
                    all,
                    CheckpointFailure.STATE_TOO_LARGE,
                    "state in the manifest has " + inline + " bytes, the Memory backend may have " + MAX_INLINE_BYTES
                            + ": use state.backend Filesystem or RocksDB");
        }
    }

    private static List<StageSchema> schemas(Course course) {
        return course.roster().pipeline().stages().stream()
                .map(stage -> course.reports()
                        .schemas()
                        .getOrDefault(stage.name(), new StageSchema(stage.name(), stage.replicas(), List.of())))
                .toList();
    }

    private static long inlineBytes(Manifest manifest) {
        return manifest.replicas().stream()
                .flatMap(replica -> replica.keyed().stream())
                .mapToLong(handle -> handle instanceof StateHandle.Inline inline ? inline.content().length : 0)
                .sum();
    }
}

package stream.weir.coordinator.checkpoint;

import java.util.Set;
import java.util.stream.Collectors;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.JobState.Ended;
import stream.weir.coordinator.checkpoint.JobState.Live;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Aborted;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Acknowledged;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Certainty;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Collecting;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Storing;
import stream.weir.coordinator.checkpoint.PendingCheckpoint.Unsettled;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.ToReplica;

/**
 * Brings the entries of checkpoints to the store, one at a time and in order of ids. Only when a manifest is known to be there
 * do replicas hear of it.
 */
final class Completion {
    private final CoordinatorConfig config;
    private final Aborts aborts;

    Completion(CoordinatorConfig config, Aborts aborts) {
        this.config = config;
        this.aborts = aborts;
    }

    /** Asks the store for the oldest entry when that is decided and nothing else is under way. */
    void storeNext(Turn turn) {
        if (turn.state() instanceof Ended) {
            return;
        }
        Chain chain = turn.course().chain();
        chain.head().ifPresent(head -> {
            switch (head) {
                case Acknowledged acknowledged -> store(turn, acknowledged.store());
                case Aborted aborted -> store(turn, aborted.store());
                case Unsettled unsettled -> {
                    if (turn.now().reached(unsettled.retryAtNanos())) {
                        store(turn, unsettled.store());
                    }
                }
                case Collecting collecting -> {}
                case Storing storing -> {}
            }
        });
    }

    void onStored(Turn turn, long checkpoint, StoreResult result) {
        if (turn.state() instanceof Ended
                || !(turn.course().chain().head().orElse(null) instanceof Storing storing)
                || storing.checkpoint() != checkpoint) {
            return;
        }
        switch (result) {
            case StoreResult.Durable durable -> settled(turn, storing);
            case StoreResult.Foreign(String found) ->
                aborts.fail(
                        turn,
                        JobFailure.FENCED,
                        "checkpoint " + checkpoint + " has an entry that is not of term "
                                + turn.course().fence().term() + ": " + found);
            case StoreResult.TooLarge(String error) ->
                aborts.refused(turn, storing, CheckpointFailure.STATE_TOO_LARGE, error);
            case StoreResult.NotApplied(String error) -> notApplied(turn, storing, error);
            case StoreResult.Unknown unknown -> retry(turn, storing, Certainty.MAY_BE_THERE);
        }
    }

    private static void store(Turn turn, Storing storing) {
        Course course = turn.course();
        turn.update(course.withChain(course.chain().replace(storing)));
        turn.emit(new Effect.StoreEntry(storing.entry()));
    }

    private static void settled(Turn turn, Storing storing) {
        Course course = turn.course();
        switch (storing.entry()) {
            case Entry.Aborted aborted ->
                turn.update(course.withChain(course.chain().withoutHead()));
            case Entry.Complete(Manifest manifest) -> {
                turn.update(course.completed(manifest, turn.now()));
                turn.emit(new Effect.CheckpointCompleted(manifest));
                // In recovery nobody is told: the replicas come back from this very checkpoint.
                if (turn.state() instanceof Live) {
                    turn.emit(new Effect.ToAll(new ToReplica.Complete(course.fence(), manifest.checkpoint())));
                }
                turn.emit(new Effect.CollectGarbage(course.fence(), pendingObjects(turn)));
            }
        }
    }

    private void notApplied(Turn turn, Storing storing, String error) {
        if (storing.entry() instanceof Entry.Complete && storing.isFirstAttempt()) {
            aborts.refused(turn, storing, CheckpointFailure.STORE_FAILED, error);
        } else {
            retry(turn, storing, Certainty.NOT_THERE);
        }
    }

    private void retry(Turn turn, Storing storing, Certainty certainty) {
        Course course = turn.course();
        Unsettled unsettled = storing.retryAt(turn.now().after(config.retryDelay()), certainty);
        turn.update(course.withChain(course.chain().replace(unsettled)));
    }

    private static Set<String> pendingObjects(Turn turn) {
        return turn.course().chain().pending().stream()
                .flatMap(PendingCheckpoint::objects)
                .map(StoredObject::name)
                .collect(Collectors.toSet());
    }
}

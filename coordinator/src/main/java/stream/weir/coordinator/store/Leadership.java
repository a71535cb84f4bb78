package stream.weir.coordinator.store;

import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.store.StoreException;

/** Becomes the one that may go on: owner, term, and an entry under the next id, where every earlier leader would go on. */
final class Leadership {
    private static final int ATTEMPTS = 5;

    private final CheckpointStore store;

    Leadership(CheckpointStore store) {
        this.store = store;
    }

    /** @param nextCheckpoint the first id that is this term's */
    record Term(long term, long nextCheckpoint) {}

    Term take(String nonce, long nowMillis) throws StoreException, InvalidDocumentException, StartRefusedException {
        String owner = store.claim();
        if (!owner.equals(store.pipeline())) {
            throw new StartRefusedException(
                    StartRefusal.OWNED_BY_ANOTHER,
                    "Cannot start " + store.pipeline() + ": " + store.locationOf("owner.json")
                            + " says that the folder belongs to " + owner + ": choose another uri, or another name");
        }
        long term = store.openTerm(nonce, nowMillis);
        List<Long> ids = store.checkpoints();
        long next = (ids.isEmpty() ? 0 : ids.getLast()) + 1;
        // Nobody can be in the way of the first term there ever was.
        return new Term(term, term == 1 && ids.isEmpty() ? next : fence(term, next));
    }

    private long fence(long term, long firstFree)
            throws StoreException, InvalidDocumentException, StartRefusedException {
        long run = store.newestRun();
        long checkpoint = firstFree;
        String last = "";
        for (int attempt = 0; attempt < ATTEMPTS; ) {
            Entry.Aborted marker = new Entry.Aborted(store.pipeline(), checkpoint, run, term, CheckpointFailure.FENCED);
            StoreResult result = store.putCheckpoint(marker);
            if (result instanceof StoreResult.Durable) {
                return checkpoint + 1;
            }
            if (result instanceof StoreResult.Foreign) {
                // An earlier leader was quicker: what it stored stands, and the next id is tried.
                checkNotFenced(term, store.checkpoint(checkpoint));
                checkpoint++;
            } else {
                last = result.toString();
                attempt++;
            }
        }
        throw new StartRefusedException(
                StartRefusal.STORE_FAILED,
                "Cannot start " + store.pipeline() + ": " + ATTEMPTS + " attempts to create "
                        + store.locationOf(CheckpointStore.checkpointName(checkpoint)) + " failed, at last: " + last);
    }

    private void checkNotFenced(long term, Optional<Entry> found) throws StartRefusedException {
        if (found.isPresent() && found.get().term() > term) {
            throw fenced(term, found.get().term());
        }
    }

    private StartRefusedException fenced(long term, long newer) {
        return new StartRefusedException(
                StartRefusal.FENCED,
                "Cannot start " + store.pipeline() + ": FENCED: term " + term + " < " + newer
                        + ": another coordinator works on " + store.locationOf(""));
    }

    /** Records the run of this term; empty when the store left it open. */
    void open(RunRecord run) throws StartRefusedException {
        StoreResult result = new StoreResult.Unknown("not tried");
        for (int attempt = 0; attempt < ATTEMPTS && !(result instanceof StoreResult.Durable); attempt++) {
            result = store.putRun(run);
            if (result instanceof StoreResult.Foreign) {
                throw new StartRefusedException(
                        StartRefusal.FENCED,
                        "Cannot start " + store.pipeline() + ": FENCED: another coordinator opened run " + run.run()
                                + " in " + store.locationOf(CheckpointStore.runName(run.run())));
            }
        }
        if (!(result instanceof StoreResult.Durable)) {
            throw new StartRefusedException(
                    StartRefusal.STORE_FAILED,
                    "Cannot start " + store.pipeline() + ": " + ATTEMPTS + " attempts to create "
                            + store.locationOf(CheckpointStore.runName(run.run())) + " failed, at last: " + result);
        }
    }
}

package stream.weir.coordinator.store;

import java.util.List;
import java.util.Optional;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.JournalRecord;
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

    /** Opens a term in a folder that is ours; from now on replicas that hear of it follow no older one. */
    long openTerm(String nonce, long nowMillis) throws StoreException, InvalidDocumentException, StartRefusedException {
        Optional<String> other = store.otherOwner();
        if (other.isPresent()) {
            throw new StartRefusedException(
                    StartRefusal.OWNED_BY_ANOTHER,
                    "Cannot start " + store.pipeline() + ": " + store.locationOf("owner.json")
                            + " says that the folder belongs to " + other.get()
                            + ": choose another uri, or another name");
        }
        return store.openTerm(nonce, nowMillis);
    }

    /**
     * Takes the next id, under which every earlier leader would go on, and all up to {@code heard}.
     *
     * @param heard the greatest id that any replica of the run has heard of, 0 if there is no such run
     * @return the first id that is this term's
     */
    long fence(long term, long heard) throws StoreException, InvalidDocumentException, StartRefusedException {
        long newestTerm = store.newestTerm();
        if (newestTerm > term) {
            throw fenced(term, newestTerm);
        }
        List<Long> ids = store.checkpoints();
        long next = (ids.isEmpty() ? 0 : ids.getLast()) + 1;
        // Nobody can be in the way of the first term there ever was.
        if (term > 1 || !ids.isEmpty()) {
            next = take(term, next);
        }
        while (next <= heard) {
            next = take(term, next);
        }
        return next;
    }

    /** Creates the first entry that is free from {@code firstFree} on; returns the id that follows. */
    private long take(long term, long firstFree)
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

    /**
     * The newest line of the journal. Lines of later terms never come before those of earlier ones.
     *
     * @throws StartRefusedException as {@code FENCED} when a newer leader has written it
     */
    Optional<JournalRecord> lastLine(long term) throws StoreException, InvalidDocumentException, StartRefusedException {
        Optional<JournalRecord> last = store.newestJournal();
        if (last.isPresent() && last.get().term() > term) {
            throw fenced(term, last.get().term());
        }
        return last;
    }

    /** What became of a line for the journal of runs. */
    enum Written {
        DURABLE,
        /** An earlier leader has written another line there. */
        TAKEN
    }

    /**
     * Writes the next line of the journal.
     *
     * @throws StartRefusedException as {@code FENCED} when a newer leader has written it
     */
    Written write(JournalRecord record) throws StoreException, InvalidDocumentException, StartRefusedException {
        StoreResult result = new StoreResult.Unknown("not tried");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            result = store.putJournal(record);
            if (result instanceof StoreResult.Durable) {
                return Written.DURABLE;
            }
            if (result instanceof StoreResult.Foreign) {
                long found = store.journal(record.sequence()).term();
                if (found > record.term()) {
                    throw fenced(record.term(), found);
                }
                return Written.TAKEN;
            }
        }
        throw new StartRefusedException(
                StartRefusal.STORE_FAILED,
                "Cannot start " + store.pipeline() + ": " + ATTEMPTS + " attempts to create "
                        + store.locationOf(CheckpointStore.runName(record.sequence())) + " failed, at last: " + result);
    }
}

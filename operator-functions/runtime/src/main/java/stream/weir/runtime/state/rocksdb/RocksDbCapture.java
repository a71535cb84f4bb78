package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.util.Optional;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.rocksdb.SharedFiles.Content;

/** A capture of everything up to the end of an epoch. */
final class RocksDbCapture implements StateCapture {
    private enum Phase {
        WAITING,
        STORING,
        ENDED
    }

    private final Captures captures;
    private final long checkpoint;
    private final EpochEnd end;
    private final Optional<DatabaseLink> link;
    private long builtOn;
    private Phase phase = Phase.WAITING;

    /**
     * The end of an epoch.
     *
     * @param ended ticket of the recorder for it
     */
    record EpochEnd(long epoch, long ended, Moment at) {}

    /** @param link that it is built on; else on what the last completed checkpoint has */
    RocksDbCapture(Captures captures, long checkpoint, EpochEnd end, Optional<DatabaseLink> link) {
        this.captures = captures;
        this.checkpoint = checkpoint;
        this.end = end;
        this.link = link;
        this.builtOn = link.map(DatabaseLink::epoch).orElse(Content.NO_EPOCH);
    }

    long checkpoint() {
        return checkpoint;
    }

    EpochEnd end() {
        return end;
    }

    Optional<DatabaseLink> link() {
        return link;
    }

    /** Changes behind that epoch are needed. */
    void buildOn(long baseEpoch) {
        builtOn = baseEpoch;
    }

    /** An epoch, or {@link Content#NO_EPOCH} until that is known. */
    long builtOn() {
        return builtOn;
    }

    @Override
    public Stored store(StateFiles files) throws IOException {
        synchronized (this) {
            if (phase != Phase.WAITING) {
                throw captures.ended(checkpoint);
            }
            phase = Phase.STORING;
        }
        try {
            return captures.store(this, files);
        } finally {
            over();
            captures.release(this);
        }
    }

    @Override
    public void discard() {
        synchronized (this) {
            if (phase != Phase.WAITING) {
                return;
            }
            phase = Phase.ENDED;
        }
        captures.release(this);
    }

    private synchronized void over() {
        phase = Phase.ENDED;
    }

    /** Ends it unless it is being stored. */
    synchronized boolean endUnlessStoring() {
        if (phase == Phase.STORING) {
            return false;
        }
        phase = Phase.ENDED;
        return true;
    }
}

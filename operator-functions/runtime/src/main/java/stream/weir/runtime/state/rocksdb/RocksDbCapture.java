package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFiles;

/** A capture that the writer links the files of, as soon as everything before it has been flushed. */
final class RocksDbCapture implements StateCapture {
    private enum Phase {
        WAITING,
        STORING,
        ENDED
    }

    private final Captures captures;
    private final long checkpoint;
    private final Path folder;
    private long ticket;
    private List<StateSize> sizes = List.of();
    private Phase phase = Phase.WAITING;

    RocksDbCapture(Captures captures, long checkpoint, Path folder) {
        this.captures = captures;
        this.checkpoint = checkpoint;
        this.folder = folder;
    }

    long checkpoint() {
        return checkpoint;
    }

    Path folder() {
        return folder;
    }

    long ticket() {
        return ticket;
    }

    /** @param newTicket the writer's piece of work that links the files */
    RocksDbCapture submitted(long newTicket) {
        ticket = newTicket;
        return this;
    }

    /** By the writer, when it has linked the files. */
    synchronized void measured(List<StateSize> ofTables) {
        sizes = ofTables;
    }

    /** How much each table takes; to be asked after the writer's work. */
    synchronized List<StateSize> sizes() {
        return sizes;
    }

    /** Whether it is wanted still. */
    synchronized boolean wanted() {
        return phase != Phase.ENDED;
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
            end();
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

    private synchronized void end() {
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

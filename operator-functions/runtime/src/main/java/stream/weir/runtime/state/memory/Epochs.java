package stream.weir.runtime.state.memory;

import java.util.TreeSet;

/**
 * Tells tables which of their parts an open capture shares. Each part carries the epoch in which it was made; a capture ends an
 * epoch and freezes all parts of it and of earlier ones, until it is released.
 *
 * <p>{@link #freeze} and {@link #current} belong to the tables' thread; {@link #release} may be called by any.
 */
public final class Epochs {
    private final TreeSet<Long> open = new TreeSet<>();
    private long current = 1;
    private volatile long newestOpen;

    /** The epoch of parts made now. */
    public long current() {
        return current;
    }

    /** Whether a part of that epoch must be copied before it is changed. */
    public boolean shared(long epoch) {
        return epoch <= newestOpen;
    }

    /** Ends the epoch. @return what to {@link #release} when the capture is over */
    public synchronized long freeze() {
        long frozen = current;
        current++;
        open.add(frozen);
        newestOpen = frozen;
        return frozen;
    }

    /** The capture will not be read any more. Releasing twice is the same as once. */
    public synchronized void release(long frozen) {
        open.remove(frozen);
        newestOpen = open.isEmpty() ? 0 : open.last();
    }
}

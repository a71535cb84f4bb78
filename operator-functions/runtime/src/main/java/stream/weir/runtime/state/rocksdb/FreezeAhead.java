package stream.weir.runtime.state.rocksdb;

/**
 * Decides how much of the log is frozen before a capture asks for it, so that it is recorded by then. What changes again after it was
 * frozen is recorded again. So the first time between two captures tries a little, and each one that went well lets the next try four times
 * as much; once more than a quarter was in vain, no more is frozen ahead, and the next begins as the first. Used on the replica's thread.
 */
final class FreezeAhead {
    /** The part of what is frozen ahead that may be in vain. */
    private static final int VAIN_PART = 4;

    private static final int GROWTH = 4;

    private final long least;

    /** May be frozen ahead until the next capture. */
    private long most;

    /** Since the last capture. */
    private long frozen;

    /** Of {@link #frozen}. */
    private long vain;

    /** @param least bytes of changes that are frozen at once */
    FreezeAhead(long least) {
        this.least = least;
        this.most = least;
    }

    /** @param bytes of changes that are not frozen yet */
    boolean isWorthIt(long bytes) {
        return bytes >= least && frozen + least <= most && !isInVain();
    }

    private boolean isInVain() {
        return vain > frozen / VAIN_PART;
    }

    /** Changes of so many bytes were frozen, by the advice of this or for want of room. */
    void frozen(long bytes) {
        frozen += bytes;
    }

    /** So much of what was frozen since the last capture has changed again. */
    void vain(long bytes) {
        vain += bytes;
    }

    /** A capture: everything is frozen. */
    void ended() {
        if (isInVain()) {
            most = least;
        } else if (frozen + least > most) {
            most *= GROWTH;
        }
        frozen = 0;
        vain = 0;
    }
}

package stream.weir.network;

/**
 * Decides when a silent peer is asked for a sign of life, and when it is dead. Time is in nanoseconds of a clock that only has
 * to go forward.
 *
 * <p>Only time in which this side could have listened counts as silence. A wake-up that comes late tells for how long it could
 * not: the collector was at work, or the process was stopped. After such a stall the peer has one more ping round.
 */
final class KeepAlive {
    /** What to do after a wake-up. */
    enum Verdict {
        ALIVE,
        PING,
        DEAD
    }

    private final long interval;
    private final long timeout;
    private long heard;
    private long pinged;
    private long due;

    private KeepAlive(long interval, long timeout, long now) {
        this.interval = interval;
        this.timeout = timeout;
        this.heard = now;
        this.pinged = now;
        this.due = now + interval;
    }

    static KeepAlive begin(NetworkSettings settings, long now) {
        return new KeepAlive(
                settings.pingInterval().toNanos(), settings.peerTimeout().toNanos(), now);
    }

    /** Something has come. */
    void heard(long now) {
        heard = now;
    }

    Verdict wake(long now) {
        forgetStall(now, Math.max(0, now - due));
        Verdict verdict = verdict(now);
        if (verdict == Verdict.PING) {
            pinged = now;
        }
        due = Math.min(Math.max(heard, pinged) + interval, heard + timeout);
        return verdict;
    }

    /** When to wake this up again. */
    long nextWake() {
        return due;
    }

    /** For how long nothing has come while this side listened. */
    long silence(long now) {
        return now - heard;
    }

    private void forgetStall(long now, long late) {
        heard = Math.min(now, heard + late);
        if (late > interval / 2) {
            heard = Math.max(heard, now - timeout + interval);
        }
    }

    private Verdict verdict(long now) {
        if (silence(now) >= timeout) {
            return Verdict.DEAD;
        }
        return silence(now) >= interval && now - pinged >= interval ? Verdict.PING : Verdict.ALIVE;
    }
}

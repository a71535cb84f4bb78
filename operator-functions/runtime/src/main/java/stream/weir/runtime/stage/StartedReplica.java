package stream.weir.runtime.stage;

import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.control.ReplicaId;

/** A replica on a thread of its own, as its owner sees it. Safe for use by any number of threads. */
public final class StartedReplica {
    private static final Logger LOG = LoggerFactory.getLogger(StartedReplica.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ReplicaId id;
    private final ReplicaThread replica;
    private final Thread thread;

    private StartedReplica(ReplicaId id, ReplicaThread replica, Thread thread) {
        this.id = id;
        this.replica = replica;
        this.thread = thread;
    }

    /** Has the replica opened on a new thread; it goes to work after {@link ReplicaThread#start}. */
    public static StartedReplica open(ReplicaId id, ReplicaThread replica, ThreadFactory threads) {
        Thread thread = threads.newThread(replica);
        thread.start();
        return new StartedReplica(id, replica, thread);
    }

    /** What it was made of. */
    public ReplicaThread replica() {
        return replica;
    }

    /** Asks it to end: nothing more is processed. Returns at once. */
    public void askToStop() {
        replica.stop();
    }

    /**
     * Waits until it has ended; one that hangs in a function is interrupted, again and again.
     *
     * @throws InterruptedException when this thread is interrupted; the replica may be at work still
     */
    public void awaitEnd() throws InterruptedException {
        while (!hasEndedWithin(PATIENCE)) {
            // The log has said so.
        }
    }

    /**
     * As {@link #awaitEnd()}, but not for ever: a thread in native code is not interrupted.
     *
     * @return whether it has ended; where it has not, it may still use the memory and the files of its state: they must stay as they are
     * @throws InterruptedException when this thread is interrupted; the replica may be at work still
     */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        Duration left = limit;
        while (left.isPositive()) {
            Duration next = left.compareTo(PATIENCE) < 0 ? left : PATIENCE;
            if (hasEndedWithin(next)) {
                return true;
            }
            left = left.minus(next);
        }
        return false;
    }

    private boolean hasEndedWithin(Duration patience) throws InterruptedException {
        if (thread.join(patience)) {
            return true;
        }
        LOG.warn("{} was told to stop, but is still at work; it is interrupted now. It is here: {}", id, where());
        thread.interrupt();
        return false;
    }

    /** What its thread does, for people: where it waits, and for whom. */
    public String where() {
        StackTraceElement[] frames = thread.getStackTrace();
        if (frames.length == 0) {
            return "at its end";
        }
        return Stream.of(frames)
                .skip(1)
                .filter(frame -> frame.getClassName().startsWith("stream.weir."))
                .findFirst()
                .map(own -> frames[0] + ", called by " + own)
                .orElseGet(frames[0]::toString);
    }
}

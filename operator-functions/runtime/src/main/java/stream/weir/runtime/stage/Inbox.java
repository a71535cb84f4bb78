package stream.weir.runtime.stage;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * A replica's mailbox: anyone puts, the replica's thread takes. Bounded by the credit of the replica's links and by the few
 * messages a coordinator sends.
 */
public final class Inbox {
    private final Queue<Mail> mail = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Thread waiting;

    /** What a replica is told. */
    public sealed interface Mail {
        /** @param consumed gives the frame's credit back to its sender; run once, when the frame has been processed */
        record Incoming(Link link, Frame frame, Runnable consumed) implements Mail {}

        /** @param error empty when the other side closed in good order */
        record LinkClosed(Link link, Optional<Throwable> error) implements Mail {}

        record Control(ToReplica message) implements Mail {}
    }

    public void put(Mail each) {
        mail.add(each);
        wakeUp();
    }

    /** Ends the present or next wait. */
    public void wakeUp() {
        Thread thread = waiting;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /** The next mail, or null where there is none; on the replica's thread. */
    @Nullable
    Mail poll() {
        return mail.poll();
    }

    boolean isEmpty() {
        return mail.isEmpty();
    }

    /** Waits for mail or {@link #wakeUp}, at most {@code nanos}; may return early. */
    void await(long nanos) {
        waiting = Thread.currentThread();
        if (mail.isEmpty() && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        waiting = null;
    }

    /** From now on a {@link #wakeUp} is not lost: it ends the next {@link #awaitWakeUp}. */
    void expectWakeUp() {
        waiting = Thread.currentThread();
    }

    /**
     * As {@link #await}, but for a replica that waits for credit and may not read: it calls {@link #expectWakeUp} before it looks
     * whether it has to wait. Returns early when mail comes.
     */
    void awaitWakeUp(long nanos) {
        LockSupport.parkNanos(this, nanos);
    }
}

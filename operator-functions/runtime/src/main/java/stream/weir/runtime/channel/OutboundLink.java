package stream.weir.runtime.channel;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * One link's credit. Only the sending replica's thread takes credit; any thread gives it back. Whoever is refused leaves in
 * {@code wanted} how much it waits for and looks again: so either it sees the credit that came back meanwhile, or the one who
 * gave it back sees {@code wanted}.
 */
final class OutboundLink implements FrameSink {
    private final Link link;
    private final CreditWindow window;
    private final OutboundRun run;
    private final BiFunction<Throwable, Metadata, CompletionStage<Void>> nackFunction;
    private final AtomicLong inFlightBytes = new AtomicLong();

    /** Bytes that the sender waits for, 0 when it does not. */
    private final AtomicInteger wanted = new AtomicInteger();

    /** Credit of the frame that was refused last, and waits; what any control frame takes where none does. */
    private int needed = Frame.OVERHEAD_BYTES;

    private volatile Runnable wakeUp = () -> {};
    private volatile @Nullable Throwable closedByPeer;

    /** Set once: by the sending replica's goodbye, or by whoever ends the run. */
    private final AtomicBoolean closed = new AtomicBoolean();

    OutboundLink(Link link, CreditWindow window, OutboundRun run) {
        this.link = link;
        this.window = window;
        this.run = run;
        this.nackFunction = (reason, metadata) -> {
            closeByPeer(reason);
            return FrameMessage.DONE;
        };
    }

    @Override
    public boolean offer(Frame frame) {
        if (!frame.link().equals(link)) {
            throw new IllegalArgumentException(
                    "frame " + frame.sequence() + " of link " + frame.link() + " was offered to " + link);
        }
        requireOpen();
        int bytes = frame.creditBytes();
        if (!mayPass(bytes)) {
            needed = bytes;
            window.wasFull();
            return false;
        }
        needed = Frame.OVERHEAD_BYTES;
        inFlightBytes.addAndGet(bytes);
        run.put(new FrameMessage(frame, this));
        return true;
    }

    @Override
    public boolean writable() {
        return closedByPeer != null || mayPass(needed);
    }

    @Override
    public void onWritable(Runnable newWakeUp) {
        this.wakeUp = newWakeUp;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            run.sayGoodbye(link);
        }
    }

    /** The run is over; on any thread. */
    void end(Throwable why) {
        if (closed.compareAndSet(false, true)) {
            closeByPeer(why);
            run.sayLost(link, why);
        }
    }

    BiFunction<Throwable, Metadata, CompletionStage<Void>> nackFunction() {
        return nackFunction;
    }

    /** Credit comes back; on any thread. */
    void release(int bytes) {
        window.consumed(bytes);
        long left = inFlightBytes.addAndGet(-bytes);
        long all = window.bytes();
        int waitedFor = wanted.get();
        // Waking up for every frame of a full link would cost more than the frame: half of the credit has to be free.
        boolean worthIt = left == 0 || (left <= all / 2 && left + waitedFor <= all);
        if (waitedFor != 0 && worthIt) {
            wake();
        }
    }

    /** Demand has come back; on any thread. */
    void demanded() {
        if (wanted.get() != 0) {
            wake();
        }
    }

    long inFlightBytes() {
        return inFlightBytes.get();
    }

    private boolean mayPass(int bytes) {
        if (passes(bytes)) {
            return true;
        }
        wanted.set(bytes);
        if (!passes(bytes)) {
            return false;
        }
        wanted.set(0);
        return true;
    }

    private boolean passes(int bytes) {
        long before = inFlightBytes.get();
        return (before == 0 || before + bytes <= window.bytes()) && run.hasDemand();
    }

    private void closeByPeer(Throwable reason) {
        closedByPeer = reason;
        wakeUp.run();
    }

    private void wake() {
        if (wanted.getAndSet(0) != 0) {
            wakeUp.run();
        }
    }

    private void requireOpen() {
        Throwable reason = closedByPeer;
        if (reason != null) {
            throw new LinkClosedException(link, reason);
        }
        if (closed.get()) {
            throw new IllegalStateException("link " + link + " was closed on this side; nothing can follow a goodbye");
        }
    }
}

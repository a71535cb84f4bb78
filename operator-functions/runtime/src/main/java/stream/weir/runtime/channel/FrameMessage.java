package stream.weir.runtime.channel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import stream.weir.protocol.frame.Frame;

/** A frame on its way. The first acknowledgement gives its credit back; a negative one, at any time, closes the link. */
final class FrameMessage implements Message<Frame> {
    /** Nothing has to be waited for. */
    static final CompletionStage<Void> DONE = CompletableFuture.allOf().minimalCompletionStage();

    private static final VarHandle ACKNOWLEDGED;

    static {
        try {
            ACKNOWLEDGED = MethodHandles.lookup().findVarHandle(FrameMessage.class, "acknowledged", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Frame frame;
    private final OutboundLink link;

    @SuppressWarnings("UnusedVariable") // By its handle.
    private volatile boolean acknowledged;

    FrameMessage(Frame frame, OutboundLink link) {
        this.frame = frame;
        this.link = link;
    }

    @Override
    public Frame getPayload() {
        return frame;
    }

    @Override
    public CompletionStage<Void> ack(Metadata metadata) {
        if (ACKNOWLEDGED.compareAndSet(this, false, true)) {
            link.release(frame.creditBytes());
        }
        return DONE;
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return this::ack;
    }

    @Override
    public CompletionStage<Void> nack(Throwable reason, Metadata metadata) {
        return link.nackFunction().apply(reason, metadata);
    }

    /** The link's, not the message's: whoever keeps it does not keep the frame. */
    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return link.nackFunction();
    }
}

package stream.weir.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import stream.weir.protocol.frame.Frame;

/** A frame that has come over a link. Its first acknowledgement counts; a negative one closes the link. */
final class ReceivedFrame implements Message<Frame> {
    static final CompletionStage<Void> DONE = CompletableFuture.allOf().minimalCompletionStage();

    private final Frame frame;
    private final LinkReceiver receiver;
    private volatile boolean consumed;

    ReceivedFrame(Frame frame, LinkReceiver receiver) {
        this.frame = frame;
        this.receiver = receiver;
    }

    boolean isConsumed() {
        return consumed;
    }

    @Override
    public Frame getPayload() {
        return frame;
    }

    @Override
    public CompletionStage<Void> ack(Metadata metadata) {
        consumed = true;
        receiver.consumed();
        return DONE;
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return this::ack;
    }

    @Override
    public CompletionStage<Void> nack(Throwable reason, Metadata metadata) {
        receiver.close(reason);
        return DONE;
    }

    /** The link's, not the message's: whoever keeps it does not keep the frame. */
    @Override
    public BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return receiver.nackFunction();
    }
}

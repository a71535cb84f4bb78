package stream.weir.runtime.channel;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.frame.Frame;

/** A connector's message; the first acknowledgement also lets the next frame come. */
final class InboundMessage implements Message<Frame> {
    private final Frame frame;
    private final Message<?> received;
    private final InboundRun run;
    private final AtomicBoolean acknowledged = new AtomicBoolean();

    InboundMessage(Frame frame, Message<?> received, InboundRun run) {
        this.frame = frame;
        this.received = received;
        this.run = run;
    }

    @Override
    public Frame getPayload() {
        return frame;
    }

    @Override
    public Metadata getMetadata() {
        return received.getMetadata();
    }

    @Override
    public CompletionStage<Void> ack(Metadata metadata) {
        if (!acknowledged.compareAndSet(false, true)) {
            return FrameMessage.DONE;
        }
        CompletionStage<Void> done = received.ack(metadata);
        run.acknowledged();
        return done;
    }

    @Override
    public Function<Metadata, CompletionStage<Void>> getAckWithMetadata() {
        return this::ack;
    }

    @Override
    public CompletionStage<Void> nack(Throwable reason, Metadata metadata) {
        return received.nack(reason, metadata);
    }

    @Override
    public @Nullable BiFunction<Throwable, Metadata, CompletionStage<Void>> getNackWithMetadata() {
        return received.getNackWithMetadata();
    }
}

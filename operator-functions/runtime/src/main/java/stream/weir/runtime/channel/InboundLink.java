package stream.weir.runtime.channel;

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.frame.Link;

/** What the receiving end knows of one link. Written by the thread that delivers; refused by any. */
final class InboundLink {
    private final Link link;

    /** Closes the link at the sender; there as soon as a frame has come. */
    private volatile @Nullable BiFunction<Throwable, Metadata, CompletionStage<Void>> refusal;

    private volatile boolean open = true;
    private long expected;

    InboundLink(Link link) {
        this.link = link;
    }

    Link link() {
        return link;
    }

    boolean isOpen() {
        return open;
    }

    void markClosed() {
        open = false;
    }

    /** The sequence number that has to come next. */
    long expected() {
        return expected;
    }

    /** Whether a frame is the next one. */
    boolean accept(long sequence, Message<?> message) {
        if (sequence != expected) {
            return false;
        }
        expected++;
        if (refusal == null) {
            refusal = message.getNackWithMetadata();
        }
        return true;
    }

    void refuse(Throwable reason) {
        open = false;
        BiFunction<Throwable, Metadata, CompletionStage<Void>> known = refusal;
        if (known != null) {
            var _ = known.apply(reason, Metadata.empty());
        }
    }
}

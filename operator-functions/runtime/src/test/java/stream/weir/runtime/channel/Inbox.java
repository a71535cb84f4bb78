package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.reactive.messaging.Message;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/** A replica's mailbox, for tests: what has come, in order, to be taken by the test's thread. */
public final class Inbox implements FrameListener {
    /** Long enough for any machine; reached only when a test fails. */
    private static final int PATIENCE_SECONDS = 20;

    /** Something that came out of a channel. */
    public sealed interface Event {}

    public record Received(Link link, Message<Frame> message) implements Event {}

    public record Closed(Link link, Optional<Throwable> error) implements Event {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    @Override
    public void onFrame(Link link, Message<Frame> message) {
        events.add(new Received(link, message));
    }

    @Override
    public void onClosed(Link link, Optional<Throwable> error) {
        events.add(new Closed(link, error));
    }

    public Received frame() {
        Event event = next();
        assertThat(event).isInstanceOf(Received.class);
        return (Received) event;
    }

    public Closed closed() {
        Event event = next();
        assertThat(event).isInstanceOf(Closed.class);
        return (Closed) event;
    }

    public Event next() {
        try {
            Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(event)
                    .as("something arrives within %d s", PATIENCE_SECONDS)
                    .isNotNull();
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Takes so many frames and acknowledges each. */
    public void consume(int frames) {
        for (int i = 0; i < frames; i++) {
            frame().message().ack();
        }
    }

    public boolean isEmpty() {
        return events.isEmpty();
    }
}

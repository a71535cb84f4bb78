package stream.weir.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jspecify.annotations.Nullable;
import stream.weir.network.Acceptor;
import stream.weir.network.Connection;
import stream.weir.network.ConnectionListener;
import stream.weir.network.Loop;
import stream.weir.network.PeerFailedException;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.Packet;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.LinkClosed;

/**
 * The receiving end of one link in one run. Remembers which frame has to come next, across connections of the same sender.
 * Belongs to the loop of the listening port, but for what says otherwise.
 */
final class LinkReceiver {
    private final ReceiverParts parts;
    private final Link link;
    private final ReceivingSide target;
    private final ConsumedFrames consumed = new ConsumedFrames();
    private final BiFunction<Throwable, Metadata, CompletionStage<Void>> nackFunction;

    /** Whether a look at what was consumed is sure to come: then nobody has to ask for one. */
    private final AtomicBoolean lookPlanned = new AtomicBoolean();

    /** Whether a look was asked for that does not wait for the planned one. */
    private final AtomicBoolean lookAsked = new AtomicBoolean();

    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Connection connection;
    private volatile long reportedBytes;
    private Optional<String> sender = Optional.empty();
    private Loop.Timer patience = () -> {};
    private long next;
    private long reportedUpTo;
    private boolean last;

    LinkReceiver(ReceiverParts parts, Link link, ReceivingSide target) {
        this.parts = parts;
        this.link = link;
        this.target = target;
        this.nackFunction = (reason, _) -> {
            close(reason);
            return ReceivedFrame.DONE;
        };
    }

    /** A sender wants to begin with the link or to go on with it. */
    Acceptor.Decision attach(Hello.Data hello, Connection newConnection) {
        if (closed.get()) {
            return refused("it was closed at its reader");
        }
        if (sender.filter(known -> !known.equals(hello.sender())).isPresent()) {
            return refused("it was begun by sender " + sender.get() + ", and " + hello.sender()
                    + " does not know what has been sent");
        }
        sender = Optional.of(hello.sender());
        patience.cancel();
        Connection before = connection;
        if (before != null) {
            before.close(new Packet.Bye(Optional.of("its sender has connected again")));
        }
        connection = newConnection;
        return new Acceptor.Welcomed(
                new Answer.DataWelcome(next, parts.creditBytes(), parts.name()), new FromSender(newConnection));
    }

    /** A frame was acknowledged; on any thread. Waking the loop for every frame would cost more than the frame. */
    void consumed() {
        consumed.advance();
        Connection current = connection;
        if (current == null) {
            return; // Credit is told again when the sender is back.
        }
        if (consumed.bytes() - reportedBytes >= parts.creditBytes() / 4) {
            if (lookAsked.compareAndSet(false, true)) {
                current.loop().run(this::askedLook);
            }
        } else if (lookPlanned.compareAndSet(false, true)) {
            current.loop().run(this::plannedLook);
        }
    }

    /** Closes the link: the sender is told why, the reader knows. On any thread. */
    void close(Throwable why) {
        if (closed.compareAndSet(false, true)) {
            Connection current = connection;
            if (current != null) {
                current.close(new Packet.Bye(Optional.of(String.valueOf(why.getMessage()))));
            }
        }
    }

    BiFunction<Throwable, Metadata, CompletionStage<Void>> nackFunction() {
        return nackFunction;
    }

    private Acceptor.Decision refused(String why) {
        return new Acceptor.Refused(new Answer.Refusal(
                RefusalCode.LINK_LOST, "link " + link + " of run " + parts.run() + " cannot go on: " + why));
    }

    /** The reader learns that the link is lost. */
    private void lose(Throwable why) {
        if (closed.compareAndSet(false, true)) {
            target.put(LinkClosed.lost(parts.pipeline(), parts.run(), link, why));
        }
    }

    private void askedLook() {
        lookAsked.set(false);
        report();
    }

    /** Looks again as long as something is consumed between two looks; then the reader is idle, and asks when it is not. */
    private void plannedLook() {
        if (!report()) {
            lookPlanned.set(false);
            if (consumed.upTo() == reportedUpTo || !lookPlanned.compareAndSet(false, true)) {
                return;
            }
        }
        planLook();
    }

    private void planLook() {
        Connection current = connection;
        if (current == null) {
            lookPlanned.set(false);
        } else {
            current.loop().schedule(parts.creditDelay(), this::plannedLook);
        }
    }

    /** Whether there was anything new. */
    private boolean report() {
        Connection current = connection;
        long upTo = consumed.upTo();
        if (current == null || upTo == reportedUpTo) {
            return false;
        }
        reportedBytes = consumed.bytes();
        reportedUpTo = upTo;
        current.send(new Packet.Credit(upTo));
        leaveIfDone(current);
        return true;
    }

    private void leaveIfDone(Connection current) {
        if (last && consumed.upTo() == next && closed.compareAndSet(false, true)) {
            current.close(new Packet.Bye(Optional.empty()));
        }
    }

    private final class FromSender implements ConnectionListener {
        private final Connection standing;

        FromSender(Connection standing) {
            this.standing = standing;
        }

        @Override
        public void onOpen() {
            // What was told on the connection before may have been lost with it.
            reportedBytes = consumed.bytes();
            reportedUpTo = consumed.upTo();
            standing.send(new Packet.Credit(reportedUpTo));
        }

        @Override
        public void onFrame(Frame frame) {
            if (!frame.link().equals(link) || frame.sequence() < next) {
                throw new IllegalStateException("frame " + frame.sequence() + " of " + frame.link()
                        + " has come over link " + link + ", which expects frame " + next);
            }
            if (closed.get()) {
                return;
            }
            next = frame.sequence() + 1;
            ReceivedFrame received = new ReceivedFrame(frame, LinkReceiver.this);
            consumed.add(received);
            target.put(received);
            if (lookPlanned.compareAndSet(false, true)) {
                planLook();
            }
        }

        @Override
        public void onLast() {
            if (!last) {
                last = true;
                target.put(LinkClosed.goodbye(parts.pipeline(), parts.run(), link));
            }
            leaveIfDone(standing);
        }

        @Override
        public void onClosed(Optional<Throwable> error) {
            if (connection != standing) {
                return; // The sender has connected again.
            }
            connection = null;
            if (error.isPresent()
                    && error.get() instanceof IOException broken
                    && !(broken instanceof PeerFailedException)) {
                patience = standing.loop()
                        .schedule(
                                parts.patience(),
                                () -> lose(new LinkLostException(
                                        "the connection of link " + link
                                                + " has broken, and its sender has not come back within "
                                                + parts.patience().toMillis() + " ms (transport.reconnectWithin and"
                                                + " network.peerTimeout): " + broken.getMessage(),
                                        broken)));
            } else {
                lose(error.orElseGet(() ->
                        new LinkLostException("the sender of link " + link + " has left without its last frame")));
            }
        }
    }
}

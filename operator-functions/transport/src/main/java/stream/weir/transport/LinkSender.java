package stream.weir.transport;

import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;
import stream.weir.network.Connection;
import stream.weir.network.ConnectionListener;
import stream.weir.network.DialListener;
import stream.weir.network.Loop;
import stream.weir.network.PeerFailedException;
import stream.weir.network.RefusedException;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.Packet;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameFormatException;

/**
 * The sending end of one link in one run. {@code dialling → standing → dialling ... → done}: done is reached by a goodbye that
 * the reader has answered, by a failure, and by the end of the run. Belongs to its loop, but for what says otherwise.
 */
final class LinkSender {
    private final SenderParts parts;
    private final Loop loop;
    private final Hello.Data hello;
    private final Message<Frame> opened;
    private final long creditBytes;
    private final KeptFrames kept = new KeptFrames();

    /** From the replica's thread. */
    private final Queue<Message<Frame>> offered = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean scheduled = new AtomicBoolean();

    private @Nullable Connection connection;
    private Optional<String> receiver = Optional.empty();
    private Loop.Timer deadline = () -> {};
    private Throwable lastTrouble = new LinkLostException("not tried yet");
    private int attempts;
    private boolean last;
    private boolean lastSent;
    private boolean done;

    LinkSender(SenderParts parts, Hello.Data hello, Message<Frame> opened, long creditBytes) {
        this.parts = parts;
        this.loop = parts.network().loop();
        this.hello = hello;
        this.opened = opened;
        this.creditBytes = creditBytes;
    }

    long run() {
        return hello.run();
    }

    /** Begins to dial; on any thread. */
    void begin() {
        loop.run(() -> {
            deadline = loop.schedule(parts.settings().connectWithin(), this::giveUp);
            dial();
        });
    }

    /** Sends a frame; on any thread. Many frames cost one task of the loop, and one write. */
    void put(Message<Frame> message) {
        offered.add(message);
        schedule();
    }

    /** No frame follows; on any thread. */
    void finish() {
        loop.run(() -> {
            last = true;
            drain();
        });
    }

    /** Ends the link with an error; on any thread. */
    void abort(Throwable why) {
        loop.run(() -> end(Optional.of(why)));
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            loop.run(this::drain);
        }
    }

    private void drain() {
        scheduled.set(false);
        for (Message<Frame> message = offered.poll(); message != null; message = offered.poll()) {
            kept.add(message);
        }
        write();
    }

    private void write() {
        Connection open = connection;
        if (open == null || done) {
            return;
        }
        try {
            boolean wrote = false;
            while (open.isWritable()) {
                Optional<Frame> frame = kept.write();
                if (frame.isEmpty()) {
                    break;
                }
                open.write(frame.get());
                wrote = true;
            }
            if (wrote) {
                open.flush();
            }
        } catch (FrameFormatException e) {
            fail(e); // Larger than frame.maxBytes.
            return;
        }
        if (last && !lastSent && kept.isAllWritten() && offered.isEmpty()) {
            lastSent = true;
            open.send(new Packet.Last());
        }
    }

    private void dial() {
        if (done) {
            return;
        }
        attempts++;
        Optional<Address> reader = parts.routes().reader(hello.link());
        if (reader.isPresent()) {
            parts.network().dial(loop, reader.get(), hello, new Dialled());
        } else {
            tryAgain(new LinkLostException(
                    "no address of " + hello.link().to() + "-" + hello.link().toReplica() + " is known"));
        }
    }

    private void tryAgain(Throwable why) {
        lastTrouble = why;
        if (!done) {
            loop.schedule(parts.settings().pause(attempts), this::dial);
        }
    }

    private void giveUp() {
        if (connection == null && !done) {
            fail(new LinkLostException(
                    "link " + hello.link() + " of run " + hello.run() + " could not be connected in " + attempts
                            + " attempts (transport.connectWithin, transport.reconnectWithin): "
                            + lastTrouble.getMessage(),
                    lastTrouble));
        }
    }

    /** The replica learns that the link is closed. */
    private void fail(Throwable why) {
        if (!done) {
            end(Optional.of(why));
            opened.nack(why);
        }
    }

    private void readerHasAll() {
        kept.consumed(kept.next());
        end(Optional.empty());
    }

    private void end(Optional<Throwable> why) {
        done = true;
        deadline.cancel();
        kept.clear();
        offered.clear();
        Connection open = connection;
        connection = null;
        if (open != null) {
            open.close(new Packet.Bye(why.map(error -> String.valueOf(error.getMessage()))));
        }
    }

    private Optional<LinkLostException> mismatch(Answer.DataWelcome welcome) {
        String link = "link " + hello.link() + " of run " + hello.run();
        if (receiver.filter(known -> !known.equals(welcome.receiver())).isPresent()) {
            return Optional.of(new LinkLostException(link + " cannot go on: its reader was " + receiver.get()
                    + " and is now " + welcome.receiver() + ", which has nothing of what was sent"));
        }
        if (creditBytes > welcome.creditBytes()) {
            return Optional.of(new LinkLostException(link + " has a credit of " + creditBytes
                    + " bytes at its sender and of " + welcome.creditBytes()
                    + " at its reader: give the attribute credit the same value at both ends"));
        }
        if (!kept.resume(welcome.next())) {
            return Optional.of(new LinkLostException(link + " cannot go on: its reader expects frame " + welcome.next()
                    + ", its sender has " + kept.oldest() + " to " + kept.next()));
        }
        return Optional.empty();
    }

    private final class Dialled implements DialListener {
        @Override
        public ConnectionListener onWelcome(Connection standing, Answer.Welcome welcome) {
            if (done || !(welcome instanceof Answer.DataWelcome data)) {
                standing.close(new Packet.Bye(Optional.of("the sender has ended the link meanwhile")));
                return _ -> {};
            }
            Optional<LinkLostException> mismatch = mismatch(data);
            if (mismatch.isPresent()) {
                standing.close(new Packet.Bye(mismatch.map(Throwable::getMessage)));
                fail(mismatch.get());
                return _ -> {};
            }
            receiver = Optional.of(data.receiver());
            return new FromReader(standing);
        }

        @Override
        public void onFailed(Throwable error) {
            if (!(error instanceof RefusedException refused)
                    || refused.refusal().code().isWorthAnotherAttempt()) {
                tryAgain(error);
            } else if (lastSent && refused.refusal().code() == RefusalCode.LINK_LOST) {
                readerHasAll(); // And its goodbye was lost.
            } else {
                fail(error);
            }
        }
    }

    private final class FromReader implements ConnectionListener {
        private final Connection standing;

        FromReader(Connection standing) {
            this.standing = standing;
        }

        @Override
        public void onOpen() {
            deadline.cancel();
            attempts = 0;
            connection = standing;
            lastSent = false;
            drain();
        }

        @Override
        public void onCredit(Packet.Credit credit) {
            if (!kept.consumed(credit.upTo())) {
                fail(new LinkLostException("link " + hello.link() + ": its reader has consumed frames up to "
                        + credit.upTo() + ", but only those up to " + kept.next() + " were sent"));
            }
        }

        @Override
        public void onWritable() {
            drain();
        }

        @Override
        public void onClosed(Optional<Throwable> error) {
            connection = null;
            if (done) {
                return;
            }
            if (error.isEmpty() && lastSent) {
                readerHasAll();
            } else if (error.isPresent()
                    && error.get() instanceof IOException broken
                    && !(broken instanceof PeerFailedException)) {
                deadline = loop.schedule(parts.settings().reconnectWithin(), LinkSender.this::giveUp);
                lastTrouble = broken;
                dial();
            } else {
                fail(error.orElseGet(() -> new LinkLostException("the reader of link " + hello.link() + " has left")));
            }
        }
    }
}

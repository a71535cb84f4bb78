package stream.weir.verification.simulation;

import java.util.Optional;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.LinkClosedException;
import stream.weir.runtime.stage.Inbox;

/**
 * One link: frames arrive encoded and decoded, in order, some time later. It never refuses a frame; a sender whose link is full is
 * not let to work until it is not.
 */
final class SimLink implements FrameSink {
    private static final FrameCodec CODEC = FrameCodec.withDefaults();

    private final Link link;
    private final SimReplica sender;
    private final SimReplica receiver;
    private final World world;
    private final Wire wire;
    private long inFlightBytes;
    private long cutNanos = Long.MAX_VALUE;
    private boolean senderKnows;
    private boolean closed;

    SimLink(Link link, SimReplica sender, SimReplica receiver, World world) {
        this.link = link;
        this.sender = sender;
        this.receiver = receiver;
        this.world = world;
        this.wire = new Wire(world.time());
    }

    @Override
    public boolean offer(Frame frame) {
        if (senderKnows) {
            throw new LinkClosedException(link, "the connection broke");
        }
        if (world.faults().strikes(Fault.REPLICA_KILLED_IN_STEP)) {
            throw new ProcessKilled(
                    "while it sends " + frame.content().getClass().getSimpleName() + " on " + link);
        }
        int bytes = frame.creditBytes();
        inFlightBytes += bytes;
        byte[] encoded = CODEC.encode(frame);
        boolean corrupted = world.faults().strikes(Fault.FRAME_CORRUPTED);
        if (corrupted) {
            world.chance().flipBit(encoded);
        }
        wire.send(world.chance().micros(10, 400), "frame", link, () -> {
            if (world.time().nanos() >= cutNanos) {
                return;
            }
            if (corrupted) {
                refuse(encoded);
            } else {
                receiver.mail(
                        new Inbox.Mail.Incoming(link, CODEC.decode(encoded, 0, encoded.length), () -> consumed(bytes)));
            }
        });
        return true;
    }

    /** As the transport does: whatever is wrong with a frame ends its connection. */
    private void refuse(byte[] corrupted) {
        try {
            Frame read = CODEC.decode(corrupted, 0, corrupted.length);
            throw world.invariants().violated("a corrupted frame was read on " + link + ": " + read);
        } catch (FrameFormatException e) {
            world.trace().note("frame refused: " + e.getMessage(), link);
            cutAt(world.time().nanos());
        }
    }

    @Override
    public boolean writable() {
        return senderKnows || inFlightBytes < world.settings().creditBytes();
    }

    @Override
    public void onWritable(Runnable wakeUp) {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            wire.send(
                    world.chance().micros(10, 400),
                    "goodbye",
                    link,
                    () -> receiver.mail(new Inbox.Mail.LinkClosed(link, Optional.empty())));
        }
    }

    /** The connection breaks: some of what is on its way is lost, and both sides notice, each at its time. */
    void cut() {
        cutAt(world.time().nanos() + world.chance().micros(0, 500));
    }

    private void cutAt(long nanos) {
        if (cutNanos != Long.MAX_VALUE) {
            cutNanos = Math.min(cutNanos, nanos);
            return;
        }
        cutNanos = nanos;
        world.time()
                .at(
                        cutNanos + world.chance().micros(0, 2_000),
                        "reader sees broken link",
                        link,
                        () -> receiver.mail(new Inbox.Mail.LinkClosed(
                                link, Optional.of(new IllegalStateException("connection reset")))));
        world.time().at(cutNanos + world.chance().micros(0, 2_000), "writer sees broken link", link, () -> {
            senderKnows = true;
            sender.wake();
        });
    }

    SimReplica receiver() {
        return receiver;
    }

    Link link() {
        return link;
    }

    private void consumed(int bytes) {
        inFlightBytes -= bytes;
        world.time().after(world.chance().micros(5, 100), "credit", link, sender::wake);
    }
}

package stream.weir.network;

import java.util.Optional;
import java.util.function.LongSupplier;
import stream.weir.network.wire.Packet;
import stream.weir.network.wire.PacketCodec;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** A connection that stands: packets go to its listener, silence is answered with pings. */
final class Established implements Phase {
    private final Connection connection;
    private final ConnectionListener listener;
    private final ConnectionParts parts;
    private final KeepAlive keepAlive;

    private Established(
            Connection connection, ConnectionListener listener, ConnectionParts parts, KeepAlive keepAlive) {
        this.connection = connection;
        this.listener = listener;
        this.parts = parts;
        this.keepAlive = keepAlive;
    }

    static void begin(Connection connection, ConnectionListener listener, ConnectionParts parts) {
        LongSupplier clock = parts.clock();
        Established phase =
                new Established(connection, listener, parts, KeepAlive.begin(parts.settings(), clock.getAsLong()));
        parts.handler().enter(phase);
        phase.scheduleWake();
        listener.onOpen();
    }

    @Override
    public int lengthOf(byte[] prefix) {
        return PacketCodec.isPacket(prefix)
                ? PacketCodec.packetLength(prefix, parts.settings().maxPayloadBytes() + PacketCodec.OVERHEAD_BYTES)
                : parts.codec().frameLength(prefix, 0);
    }

    @Override
    public void onMessage(byte[] message) {
        if (!PacketCodec.isPacket(message)) {
            FrameCodec codec = parts.codec();
            listener.onFrame(codec.decode(message, 0, message.length));
            return;
        }
        switch (PacketCodec.decode(message)) {
            case Packet.Credit credit -> listener.onCredit(credit);
            case Packet.Payload payload -> listener.onPayload(payload.bytes());
            case Packet.Last() -> listener.onLast();
            case Packet.Ping() -> connection.send(new Packet.Pong());
            case Packet.Pong() -> {}
            case Packet.Bye bye -> peerLeaves(bye);
            case Packet other ->
                throw new FrameFormatException(
                        Reason.MALFORMED, other + " has come on a connection that stands already");
        }
    }

    @Override
    public void onHeard() {
        keepAlive.heard(parts.clock().getAsLong());
    }

    @Override
    public void onPause() {
        listener.onPause();
    }

    @Override
    public void onWritable() {
        listener.onWritable();
    }

    @Override
    public void onEnd(Throwable why) {
        if (connection.channel().isActive()) {
            connection.closeAfter(new Packet.Bye(Optional.of(Texts.of(why))));
        }
        listener.onClosed(Optional.of(why));
    }

    private void peerLeaves(Packet.Bye bye) {
        parts.handler().enter(Phase.DONE);
        connection.drop();
        listener.onClosed(bye.error().map(error -> new PeerFailedException(connection.peer() + " says: " + error)));
    }

    private void scheduleWake() {
        long delay = keepAlive.nextWake() - parts.clock().getAsLong();
        connection.loop().scheduleNanos(Math.max(0, delay), this::wake);
    }

    private void wake() {
        if (!parts.handler().isIn(this)) {
            return;
        }
        long now = parts.clock().getAsLong();
        switch (keepAlive.wake(now)) {
            case ALIVE -> scheduleWake();
            case PING -> {
                connection.send(new Packet.Ping());
                scheduleWake();
            }
            case DEAD -> {
                parts.handler().enter(Phase.DONE);
                connection.drop();
                listener.onClosed(Optional.of(new ConnectionLostException("nothing was heard of " + connection.peer()
                        + " for " + keepAlive.silence(now) / 1_000_000 + " ms, pings are not answered;"
                        + " network.peerTimeout is "
                        + parts.settings().peerTimeout().toMillis() + " ms")));
            }
        }
    }
}

package stream.weir.network;

import java.time.Duration;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.PacketCodec;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** A connection that this side has dialled, until it is welcome or refused. */
final class AnswerAwaited implements Phase {
    private final Connection connection;
    private final ConnectionParts parts;
    private final Address address;
    private final Hello hello;
    private final DialListener listener;
    private Loop.Timer timeout = () -> {};

    private AnswerAwaited(
            Connection connection, ConnectionParts parts, Address address, Hello hello, DialListener listener) {
        this.connection = connection;
        this.parts = parts;
        this.address = address;
        this.hello = hello;
        this.listener = listener;
    }

    static void begin(
            Connection connection, ConnectionParts parts, Address address, Hello hello, DialListener listener) {
        AnswerAwaited phase = new AnswerAwaited(connection, parts, address, hello, listener);
        parts.handler().enter(phase);
        Duration patience = parts.settings().connectTimeout();
        phase.timeout = connection.loop().schedule(patience, phase::timedOut);
    }

    @Override
    public void onReady() {
        connection.send(hello);
    }

    @Override
    public int lengthOf(byte[] prefix) {
        return PacketCodec.packetLength(prefix, PacketCodec.MAX_HANDSHAKE_BYTES);
    }

    @Override
    public void onMessage(byte[] message) {
        switch (PacketCodec.decode(message)) {
            case Answer.Refusal refusal -> fail(new RefusedException(address, refusal));
            case Answer.Welcome welcome -> {
                timeout.cancel();
                Established.begin(connection, listener.onWelcome(connection, welcome), parts);
            }
            default ->
                throw new FrameFormatException(Reason.MALFORMED, "a hello is answered with a welcome or a refusal");
        }
    }

    @Override
    public void onEnd(Throwable why) {
        fail(new ConnectionLostException("dialling " + address + " failed before it answered: " + Texts.of(why), why));
    }

    private void timedOut() {
        if (parts.handler().isIn(this)) {
            fail(new ConnectionLostException("dialling " + address + " failed: connected, but no answer within "
                    + parts.settings().connectTimeout().toMillis() + " ms (network.connectTimeout)"));
        }
    }

    private void fail(Throwable why) {
        parts.handler().enter(Phase.DONE);
        timeout.cancel();
        connection.drop();
        listener.onFailed(why);
    }
}

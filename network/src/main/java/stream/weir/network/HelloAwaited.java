package stream.weir.network;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.Intruder;
import stream.weir.network.wire.Packet;
import stream.weir.network.wire.PacketCodec;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;

/** A connection that was accepted, until its hello. Whatever else comes, or nothing, is refused. */
final class HelloAwaited implements Phase {
    private final Connection connection;
    private final ConnectionParts parts;
    private final Acceptors acceptors;
    private final PendingHandshakes pending;
    private final RefusalLog log;
    private Loop.Timer timeout = () -> {};

    private HelloAwaited(
            Connection connection,
            ConnectionParts parts,
            Acceptors acceptors,
            PendingHandshakes pending,
            RefusalLog log) {
        this.connection = connection;
        this.parts = parts;
        this.acceptors = acceptors;
        this.pending = pending;
        this.log = log;
    }

    static void begin(
            Connection connection,
            ConnectionParts parts,
            Acceptors acceptors,
            PendingHandshakes pending,
            RefusalLog log) {
        HelloAwaited phase = new HelloAwaited(connection, parts, acceptors, pending, log);
        parts.handler().enter(phase);
        if (!pending.begin(connection)) {
            phase.refuse(new Answer.Refusal(
                    RefusalCode.BUSY,
                    pending.most() + " connections wait for their handshake already (network.maxPendingHandshakes)"));
            return;
        }
        connection.channel().closeFuture().addListener(_ -> pending.end(connection));
        phase.timeout = connection.loop().schedule(parts.helloWithin(), phase::timedOut);
    }

    @Override
    public int lengthOf(byte[] prefix) {
        return PacketCodec.packetLength(prefix, PacketCodec.MAX_HANDSHAKE_BYTES);
    }

    @Override
    public void onMessage(byte[] message) {
        if (!(PacketCodec.decode(message) instanceof Hello hello)) {
            throw new FrameFormatException(Reason.MALFORMED, "a connection begins with a hello");
        }
        switch (acceptors.accept(hello, connection)) {
            case Acceptor.Refused(Answer.Refusal refusal) -> refuse(refusal);
            case Acceptor.Welcomed(Answer.Welcome welcome, ConnectionListener listener) -> {
                timeout.cancel();
                pending.end(connection);
                connection.send(welcome);
                Established.begin(connection, listener, parts);
            }
        }
    }

    @Override
    public void onEnd(Throwable why) {
        switch (why) {
            case FrameFormatException format -> refuse(new Answer.Refusal(code(format), Texts.of(format)));
            case SSLException tls -> refuseWithoutWords(new Answer.Refusal(RefusalCode.TLS, Texts.of(tls)));
            case ConnectionLostException _ ->
                refuseWithoutWords(new Answer.Refusal(
                        RefusalCode.NOT_WEIR,
                        "the caller has closed the connection without a hello, after "
                                + parts.handler().begun().length + " bytes"));
            default -> refuse(new Answer.Refusal(RefusalCode.REJECTED, Texts.of(why)));
        }
    }

    private void timedOut() {
        if (parts.handler().isIn(this)) {
            refuse(new Answer.Refusal(
                    RefusalCode.TIMED_OUT,
                    "no hello within " + parts.helloWithin().toMillis() + " ms, "
                            + parts.handler().begun().length + " bytes of it have come (network.handshakeTimeout)"));
        }
    }

    private void refuse(Answer.Refusal refusal) {
        refuseWithoutWords(refusal);
        if (Intruder.isHttp(parts.handler().begun())) {
            String page =
                    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: "
                            + refusal.text().length() + "\r\n\r\n" + refusal.text();
            connection.closeAfter(
                    connection.channel().writeAndFlush(Unpooled.copiedBuffer(page, StandardCharsets.US_ASCII)));
        } else {
            connection.closeAfter((Packet) refusal);
        }
    }

    /** For a peer to which nothing can be said. */
    private void refuseWithoutWords(Answer.Refusal refusal) {
        parts.handler().enter(Phase.DONE);
        timeout.cancel();
        pending.end(connection);
        log.refused(connection.peer(), connection.host(), refusal);
        if (refusal.code() == RefusalCode.TLS) {
            connection.drop();
        }
    }

    private static RefusalCode code(FrameFormatException error) {
        return switch (error.reason()) {
            case BAD_MAGIC -> RefusalCode.NOT_WEIR;
            case UNKNOWN_VERSION -> RefusalCode.PROTOCOL_VERSION;
            case BAD_CHECKSUM, BAD_LENGTH, UNKNOWN_TYPE, MALFORMED -> RefusalCode.MALFORMED;
        };
    }
}

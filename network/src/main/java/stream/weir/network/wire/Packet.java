package stream.weir.network.wire;

import java.util.Optional;

/** Everything on a connection that is no frame. */
public sealed interface Packet
        permits Hello, Answer, Packet.Credit, Packet.Last, Packet.Payload, Packet.Ping, Packet.Pong, Packet.Bye {
    /**
     * On a data link, from the reader: these frames are consumed.
     *
     * @param upTo all frames with a smaller sequence number
     */
    record Credit(long upTo) implements Packet {}

    /**
     * On a data link, from the sender: no frame follows. The connection stays for credit, until the reader has consumed all and
     * says {@link Bye}.
     */
    record Last() implements Packet {}

    /**
     * On a control connection: a message, which this layer does not look into.
     *
     * @param bytes not to be changed any more
     */
    record Payload(byte[] bytes) implements Packet {}

    /** Asks for a sign of life. */
    record Ping() implements Packet {}

    /** A sign of life. */
    record Pong() implements Packet {}

    /**
     * The last packet: the connection is closed on purpose.
     *
     * @param error empty for a goodbye; otherwise why the other side should take this for a failure
     */
    record Bye(Optional<String> error) implements Packet {}
}

package stream.weir.network.control;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import stream.weir.network.Connection;
import stream.weir.network.wire.Packet;

/** One side of a control connection. May be used by any thread. */
public final class ControlSession {
    /** So much may wait to be sent: 64 MiB, or a single message of any allowed size. */
    private static final long MOST_QUEUED_BYTES = 64L << 20;

    private final Connection connection;
    private final long maxPayloadBytes;
    private final AtomicLong queuedBytes = new AtomicLong();
    private volatile boolean open = true;

    ControlSession(Connection connection, long maxPayloadBytes) {
        this.connection = connection;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    /**
     * Sends a message.
     *
     * @param message not to be changed any more
     * @return false when the session has ended, or when the other side has not taken 64 MiB of messages: nothing was sent
     * @throws IllegalArgumentException when the message is larger than {@code network.maxPayloadBytes}
     */
    public boolean send(byte[] message) {
        if (message.length > maxPayloadBytes) {
            throw new IllegalArgumentException("a control message of " + message.length + " bytes to " + peer()
                    + " is larger than network.maxPayloadBytes, which is " + maxPayloadBytes);
        }
        long before = queuedBytes.getAndAdd(message.length);
        if (!open || (before > 0 && before + message.length > MOST_QUEUED_BYTES)) {
            queuedBytes.addAndGet(-message.length);
            return false;
        }
        connection.send(new Packet.Payload(message), () -> queuedBytes.addAndGet(-message.length));
        return true;
    }

    /** Says goodbye and ends the session; this side's listener hears of it no more. */
    public void close() {
        close(new Packet.Bye(Optional.empty()));
    }

    /** Ends the session; the other side takes it for a failure, and reads why. */
    public void fail(String why) {
        close(new Packet.Bye(Optional.of(why)));
    }

    /** Whether messages can be sent. */
    public boolean isOpen() {
        return open;
    }

    /** Bytes of messages that wait to be sent. */
    public long queuedBytes() {
        return queuedBytes.get();
    }

    /** Where the other side is, for people. */
    public String peer() {
        return connection.peer();
    }

    void end() {
        open = false;
    }

    private void close(Packet.Bye bye) {
        open = false;
        connection.close(bye);
    }
}

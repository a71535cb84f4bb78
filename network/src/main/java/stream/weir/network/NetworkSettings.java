package stream.weir.network;

import java.time.Duration;
import stream.weir.protocol.frame.FrameCodec;

/**
 * How connections behave; the same for all of a process.
 *
 * @param handshakeTimeout {@code network.handshakeTimeout}: from accepting a connection to its hello; three times as long
 *     where there is TLS
 * @param connectTimeout {@code network.connectTimeout}: from dialling to the answer
 * @param pingInterval {@code network.pingInterval}: a peer that was silent for so long is asked for a sign of life
 * @param peerTimeout {@code network.peerTimeout}: a peer that was silent for so long is dead; more than two ping intervals
 * @param maxPendingHandshakes {@code network.maxPendingHandshakes}: connections that may wait for their handshake at once
 * @param maxFrameBytes {@code frame.maxBytes}: no larger frame is written or read
 * @param maxPayloadBytes {@code network.maxPayloadBytes}: no larger control message is written or read
 */
public record NetworkSettings(
        Duration handshakeTimeout,
        Duration connectTimeout,
        Duration pingInterval,
        Duration peerTimeout,
        int maxPendingHandshakes,
        int maxFrameBytes,
        int maxPayloadBytes) {
    public NetworkSettings {
        requirePositive("network.handshakeTimeout", handshakeTimeout);
        requirePositive("network.connectTimeout", connectTimeout);
        requirePositive("network.pingInterval", pingInterval);
        if (peerTimeout.compareTo(pingInterval.multipliedBy(2)) <= 0) {
            throw new IllegalArgumentException("network.peerTimeout is " + peerTimeout
                    + ": it is more than two times network.pingInterval, which is " + pingInterval);
        }
        requireAtLeast("network.maxPendingHandshakes", maxPendingHandshakes, 1);
        requireAtLeast("network.maxPayloadBytes", maxPayloadBytes, 1);
    }

    /**
     * A handshake within 900 ms, connected within 2 s, a ping each second, dead after 2.8 s, 64 handshakes at once, frames and
     * control messages of up to 64 MiB. So a silent peer is noticed within a second and a dead one within three, timers
     * included.
     */
    public static NetworkSettings defaults() {
        return new NetworkSettings(
                Duration.ofMillis(900),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMillis(2_800),
                64,
                FrameCodec.DEFAULT_MAX_FRAME_BYTES,
                64 << 20);
    }

    /** The same with another keep-alive. */
    public NetworkSettings withKeepAlive(Duration newPingInterval, Duration newPeerTimeout) {
        return new NetworkSettings(
                handshakeTimeout,
                connectTimeout,
                newPingInterval,
                newPeerTimeout,
                maxPendingHandshakes,
                maxFrameBytes,
                maxPayloadBytes);
    }

    /** The same with other limits for connections that do not stand yet. */
    public NetworkSettings withHandshake(Duration newHandshakeTimeout, int newMaxPendingHandshakes) {
        return new NetworkSettings(
                newHandshakeTimeout,
                connectTimeout,
                pingInterval,
                peerTimeout,
                newMaxPendingHandshakes,
                maxFrameBytes,
                maxPayloadBytes);
    }

    /** The same with other limits for what is sent. */
    public NetworkSettings withLimits(int newMaxFrameBytes, int newMaxPayloadBytes) {
        return new NetworkSettings(
                handshakeTimeout,
                connectTimeout,
                pingInterval,
                peerTimeout,
                maxPendingHandshakes,
                newMaxFrameBytes,
                newMaxPayloadBytes);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + ": it is longer than nothing");
        }
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " is " + value + ": it is at least " + least);
        }
    }
}

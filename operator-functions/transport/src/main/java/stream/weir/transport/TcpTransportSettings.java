package stream.weir.transport;

import java.time.Duration;

/**
 * How links behave when they begin and when they break.
 *
 * @param connectWithin {@code transport.connectWithin}: from the begin of a run until a link stands; its reader may still be
 *     restoring its state
 * @param reconnectWithin {@code transport.reconnectWithin}: from a broken connection until the link stands again
 * @param minPause {@code transport.minPause}: between two attempts; doubles with each
 * @param maxPause {@code transport.maxPause}: the longest pause between two attempts
 * @param creditDelay {@code transport.creditDelay}: credit that is not worth a packet of its own waits so long for more
 */
public record TcpTransportSettings(
        Duration connectWithin, Duration reconnectWithin, Duration minPause, Duration maxPause, Duration creditDelay) {
    public TcpTransportSettings {
        requirePositive("transport.connectWithin", connectWithin);
        requirePositive("transport.reconnectWithin", reconnectWithin);
        requirePositive("transport.minPause", minPause);
        requirePositive("transport.creditDelay", creditDelay);
        if (maxPause.compareTo(minPause) < 0) {
            throw new IllegalArgumentException("transport.maxPause is " + maxPause
                    + ": it is not shorter than transport.minPause, which is " + minPause);
        }
    }

    /** Connected within 60 s, connected again within 5 s, attempts every 20 ms up to 500 ms, credit within 2 ms. */
    public static TcpTransportSettings defaults() {
        return new TcpTransportSettings(
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(500),
                Duration.ofMillis(2));
    }

    /** The same with other limits for links that do not stand. */
    public TcpTransportSettings within(Duration newConnectWithin, Duration newReconnectWithin) {
        return new TcpTransportSettings(newConnectWithin, newReconnectWithin, minPause, maxPause, creditDelay);
    }

    /** @param failed attempts since the link stood, or was begun; at least 1 */
    Duration pause(int failed) {
        Duration pause = minPause;
        for (int i = 1; i < failed && pause.compareTo(maxPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(maxPause) < 0 ? pause : maxPause;
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is " + value + ": it is longer than nothing");
        }
    }
}

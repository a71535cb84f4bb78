package stream.weir.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import stream.weir.protocol.control.Address;

/** Networks on loopback, and patience. */
public final class TestNetwork implements AutoCloseable {
    /** Keep-alive scaled down: a ping each 100 ms, dead after 300 ms. */
    public static final NetworkSettings QUICK = NetworkSettings.defaults()
            .withKeepAlive(Duration.ofMillis(100), Duration.ofMillis(300))
            .withHandshake(Duration.ofMillis(900), 4);

    /** Nothing takes too long, however slow the machine is: for what is not about time. */
    public static final NetworkSettings PATIENT = new NetworkSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            QUICK.maxPendingHandshakes(),
            QUICK.maxFrameBytes(),
            QUICK.maxPayloadBytes());

    private static final int PATIENCE_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> opened = new ArrayList<>();

    public Vertx vertx() {
        return vertx;
    }

    public Network open(NetworkSettings settings) {
        return open(settings, Optional.empty());
    }

    public Network open(NetworkSettings settings, Optional<Tls> tls) {
        Network network = Network.open(vertx, settings, tls, System::nanoTime);
        opened.add(network);
        return network;
    }

    public static Listening listen(Network network, Acceptors acceptors) {
        return network.listen(new Address("127.0.0.1", 0), acceptors)
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** The next event; fails when none comes. */
    public static <T> T next(BlockingQueue<T> events) {
        try {
            T event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(event)
                    .as("something happens within %d s", PATIENCE_SECONDS)
                    .isNotNull();
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        opened.forEach(network -> {
            try {
                network.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}

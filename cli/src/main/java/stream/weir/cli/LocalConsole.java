package stream.weir.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import stream.weir.console.ConsoleJob;
import stream.weir.console.ConsoleSettings;
import stream.weir.console.http.ConsoleServer;

/** A console with the threads that serve it; or none. */
final class LocalConsole implements AutoCloseable {
    private final Optional<Serving> serving;

    private LocalConsole(Optional<Serving> serving) {
        this.serving = serving;
    }

    private record Serving(ConsoleServer server, ExecutorService requests, ScheduledExecutorService timer) {}

    static LocalConsole none() {
        return new LocalConsole(Optional.empty());
    }

    static LocalConsole open(ConsoleSettings settings, ConsoleJob job) throws IOException {
        ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("console").factory());
        try {
            ConsoleServer server = ConsoleServer.open(settings, job, new ConsoleServer.Ports(requests, timer));
            return new LocalConsole(Optional.of(new Serving(server, requests, timer)));
        } catch (IOException | RuntimeException e) {
            requests.shutdownNow();
            timer.shutdownNow();
            throw e;
        }
    }

    int port() {
        return serving.map(each -> each.server().port()).orElse(0);
    }

    @Override
    public void close() {
        serving.ifPresent(each -> {
            each.server().close();
            each.timer().shutdownNow();
            each.requests().shutdownNow();
        });
    }
}

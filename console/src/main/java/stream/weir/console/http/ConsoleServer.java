package stream.weir.console.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.console.ConsoleJob;
import stream.weir.console.ConsoleSettings;
import stream.weir.console.json.ViewJson;

/** A console that is served until it is closed. */
public final class ConsoleServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleServer.class);
    private static final long REFRESH_MILLIS = 500;
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ScheduledFuture<?> refresh;

    private ConsoleServer(HttpServer server, ScheduledFuture<?> refresh) {
        this.server = server;
        this.refresh = refresh;
    }

    /**
     * What it works with; closed by the caller, after the console.
     *
     * @param requests a thread for each request; those of a feed last as long as somebody looks
     * @param timer wakes the feed
     */
    public record Ports(ExecutorService requests, ScheduledExecutorService timer) {}

    /**
     * Serves a job.
     *
     * @throws IOException when the address cannot be listened on
     * @throws IllegalArgumentException when the settings would let others in without a token
     */
    public static ConsoleServer open(ConsoleSettings settings, ConsoleJob job, Ports ports) throws IOException {
        settings.checked();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port());
        HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "the console cannot listen on " + settings.host() + ":" + settings.port() + ": " + e.getMessage()
                            + "; choose another port, or 0 for any that is free",
                    e);
        }
        Feed feed = new Feed(() -> ViewJson.of(job));
        Handling handling = new Handling(job, Assets.load(), Access.of(settings), feed);
        server.createContext("/", exchange -> answer(handling, exchange));
        server.setExecutor(ports.requests());
        server.start();
        ScheduledFuture<?> refresh = ports.timer()
                .scheduleWithFixedDelay(() -> show(feed), REFRESH_MILLIS, REFRESH_MILLIS, TimeUnit.MILLISECONDS);
        return new ConsoleServer(server, refresh);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        refresh.cancel(false);
        server.stop(0);
    }

    private static void answer(Handling handling, HttpExchange exchange) {
        try (exchange) {
            handling.answer(exchange);
        } catch (IOException e) {
            LOG.debug("a browser has gone: {}", e.toString());
        } catch (RuntimeException e) {
            LOG.warn("cannot answer {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        }
    }

    /** A failure must not end the feed for good. */
    private static void show(Feed feed) {
        try {
            feed.show();
        } catch (RuntimeException e) {
            LOG.warn("cannot show the job", e);
        }
    }
}

package stream.weir.console.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.console.ConsoleJob;
import stream.weir.console.Order;
import stream.weir.console.OrderRefusedException;
import stream.weir.console.OrderRefusedException.Reason;
import stream.weir.console.json.CheckpointJson;
import stream.weir.console.json.OrderJson;
import stream.weir.console.json.SketchJson;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.store.StoreException;

/** What there is, and who may have it. */
final class Handling {
    private static final Duration ORDERED_WITHIN = Duration.ofSeconds(10);
    private static final long SIGN_OF_LIFE_SECONDS = 15;
    private static final int LONGEST_ORDER = 4_096;
    private static final Pattern CHECKPOINT = Pattern.compile("/api/checkpoints/(\\d{1,18})");
    private static final byte[] SIGN_OF_LIFE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    /** Nothing from elsewhere, nothing written into the page, no page around it. */
    private static final Map<String, String> SECURITY = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final ConsoleJob job;
    private final Assets assets;
    private final Access access;
    private final Feed feed;

    Handling(ConsoleJob job, Assets assets, Access access, Feed feed) {
        this.job = job;
        this.assets = assets;
        this.access = access;
        this.feed = feed;
    }

    void answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        SECURITY.forEach(headers::set);
        String path = exchange.getRequestURI().getPath();
        if (!access.isMeantForUs(exchange.getRequestHeaders().getFirst("Host"))) {
            send(exchange, Answer.text(421, "this console is reached as localhost or 127.0.0.1 only"));
            return;
        }
        switch (exchange.getRequestMethod()) {
            case "GET", "HEAD" -> {
                if (path.equals("/api/events")) {
                    follow(exchange);
                } else {
                    send(exchange, found(path));
                }
            }
            case "POST" -> send(exchange, path.equals("/api/orders") ? ordered(exchange) : nothingThere(path));
            default -> send(exchange, Answer.text(405, "only GET and POST are answered"));
        }
    }

    private Answer found(String path) {
        Matcher checkpoint = CHECKPOINT.matcher(path);
        if (path.equals("/api/sketch")) {
            return Answer.json(200, SketchJson.of(job, access.mode()));
        }
        try {
            if (path.equals("/api/kept")) {
                return Answer.json(200, CheckpointJson.kept(job.keptCheckpoints(), job.keptSavepoints()));
            }
            if (checkpoint.matches()) {
                return checkpoint(Long.parseLong(checkpoint.group(1)));
            }
        } catch (StoreException | InvalidDocumentException e) {
            return problem(502, Reason.STORE_FAILED.name(), String.valueOf(e.getMessage()));
        }
        return assets.find(path).orElseGet(() -> nothingThere(path));
    }

    private Answer checkpoint(long id) throws StoreException, InvalidDocumentException {
        return job.checkpoint(id)
                .map(detail -> Answer.json(200, CheckpointJson.of(detail)))
                .orElseGet(() -> problem(
                        404,
                        Reason.NO_SUCH_CHECKPOINT.name(),
                        "checkpoint " + id + " is neither kept nor one of the last"));
    }

    private static Answer nothingThere(String path) {
        return path.startsWith("/api/")
                ? problem(404, "NOTHING_THERE", "there is no " + path)
                : Answer.text(404, "there is no " + path);
    }

    private Answer ordered(HttpExchange exchange) throws IOException {
        if (!access.mayOrder(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer realm=\"weir\"");
            return problem(401, "NOT_AUTHORIZED", "orders need the console's token");
        }
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST_ORDER + 1);
        if (body.length > LONGEST_ORDER) {
            return problem(413, Reason.INVALID.name(), "an order is shorter than that");
        }
        try {
            // An empty one asks whether the token is right.
            if (body.length > 0) {
                give(OrderJson.read(body));
            }
            return Answer.json(202, "{}");
        } catch (OrderRefusedException e) {
            return problem(status(e.reason()), e.reason().name(), String.valueOf(e.getMessage()));
        }
    }

    private void give(Order order) throws OrderRefusedException {
        if (!job.orders().contains(order.kind())) {
            throw new OrderRefusedException(
                    Reason.NOT_AVAILABLE, order.kind() + " is not available here, only " + job.orders());
        }
        try {
            job.order(order)
                    .toCompletableFuture()
                    .orTimeout(ORDERED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OrderRefusedException refused) {
                throw refused;
            }
            throw new OrderRefusedException(
                    Reason.STORE_FAILED, "it is not known whether it is on record: " + e.getCause());
        }
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case INVALID -> 400;
            case NO_SUCH_STAGE, NO_SUCH_CHECKPOINT -> 404;
            case MORE_REPLICAS_THAN_KEY_GROUPS, NOT_AVAILABLE -> 409;
            case NOT_LEADER -> 503;
            case STORE_FAILED -> 504;
        };
    }

    private void follow(HttpExchange exchange) throws IOException {
        Optional<Feed.Viewer> look = feed.look();
        if (look.isEmpty()) {
            send(exchange, Answer.text(503, "too many look already"));
            return;
        }
        try (Feed.Viewer viewer = look.get()) {
            Headers headers = exchange.getResponseHeaders();
            headers.set("Content-Type", "text/event-stream");
            headers.set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            while (true) {
                out.write(viewer.next(SIGN_OF_LIFE_SECONDS).orElse(SIGN_OF_LIFE));
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Answer problem(int status, String reason, String detail) {
        return Answer.json(status, OrderJson.problem(reason, detail));
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", answer.tag().isEmpty() ? "no-store" : "no-cache");
        if (!answer.tag().isEmpty()) {
            headers.set("ETag", answer.tag());
            if (answer.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
        }
        if (exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), answer.body().length);
        exchange.getResponseBody().write(answer.body());
    }
}

package stream.weir.connector.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import stream.weir.api.row.Row;

/** A request whose rows were accepted, and that waits for its answer. The rows belong to the replica's thread. */
final class Delivery {
    /** Repetitions that wait with it: each holds a connection. */
    private static final int MOST_JOINED = 16;

    private final HttpExchange exchange;
    private final Optional<RequestKey> key;
    private final Queue<Row> rows;
    private final int size;
    /** Of repetitions; under the lock of {@link Deliveries} as long as there may be more. */
    private final List<HttpExchange> joined = new ArrayList<>();

    Delivery(HttpExchange exchange, Optional<RequestKey> key, List<Row> rows) {
        this.exchange = exchange;
        this.key = key;
        this.rows = new ArrayDeque<>(rows);
        this.size = rows.size();
    }

    int size() {
        return size;
    }

    Optional<RequestKey> key() {
        return key;
    }

    /** @return false where too many do */
    boolean join(Delivery repetition) {
        return joined.size() < MOST_JOINED && joined.add(repetition.exchange);
    }

    /** Those that are not emitted yet. */
    Queue<Row> rows() {
        return rows;
    }

    void answer(int status, String text) {
        answer(exchange, status, text);
        joined.forEach(each -> answer(each, status, text));
    }

    /** Whoever is gone does not hear it, and will repeat the request. */
    static void answer(HttpExchange exchange, int status, String text) {
        byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            if (status == PostHandler.UNAVAILABLE) {
                exchange.getResponseHeaders().set("Retry-After", "1");
            }
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            // Nobody is there to be told.
        }
    }
}

package stream.weir.connector.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import stream.weir.api.row.Row;

/** A request whose rows were accepted, and that waits for its answer. The rows belong to the replica's thread. */
final class Delivery {
    private final HttpExchange exchange;
    private final Queue<Row> rows;
    private final int size;

    Delivery(HttpExchange exchange, List<Row> rows) {
        this.exchange = exchange;
        this.rows = new ArrayDeque<>(rows);
        this.size = rows.size();
    }

    int size() {
        return size;
    }

    /** Those that are not emitted yet. */
    Queue<Row> rows() {
        return rows;
    }

    void answer(int status, String text) {
        answer(exchange, status, text);
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

package stream.weir.connector.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import stream.weir.api.row.Row;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.MalformedRecordException;
import stream.weir.connector.format.RowParser;

/** Reads requests and makes rows of them: of a body all records are accepted, or none. Background threads. */
final class PostHandler implements HttpHandler {
    static final int OK = 200;
    static final int UNAVAILABLE = 503;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int WRONG_METHOD = 405;
    private static final int TOO_LARGE = 413;
    private static final int WRONG_TYPE = 415;
    /** Bodies that are read at the same time: what they hold is in memory. */
    private static final int MOST_READ = 32;

    private final HttpSourceSettings settings;
    private final Deliveries deliveries;
    private final Semaphore reading = new Semaphore(MOST_READ);

    PostHandler(HttpSourceSettings settings, Deliveries deliveries) {
        this.settings = settings;
        this.deliveries = deliveries;
    }

    /** Why a request is not accepted. */
    private record Refusal(int status, String reason) {}

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Optional<Refusal> refusal = refuseUnread(exchange);
        if (refusal.isPresent()) {
            refuse(exchange, refusal.get());
        } else if (!reading.tryAcquire()) {
            refuse(exchange, new Refusal(UNAVAILABLE, "too many requests are being read"));
        } else {
            try {
                read(exchange);
            } finally {
                reading.release();
            }
        }
    }

    private static void refuse(HttpExchange exchange, Refusal refusal) {
        if (refusal.status() == WRONG_METHOD) {
            exchange.getResponseHeaders().set("Allow", "POST");
        }
        Delivery.answer(exchange, refusal.status(), refusal.reason());
    }

    private Optional<Refusal> refuseUnread(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (!settings.path().equals(path)) {
            return Optional.of(new Refusal(NOT_FOUND, "records are taken at " + settings.path() + ", not at " + path));
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return Optional.of(
                    new Refusal(WRONG_METHOD, "records are posted: POST, not " + exchange.getRequestMethod()));
        }
        String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(new Refusal(WRONG_TYPE, "the body must be sent plain, not as " + encoding));
        }
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null && !settings.format().mediaTypes().contains(mediaType(type))) {
            return Optional.of(new Refusal(
                    WRONG_TYPE,
                    "the type " + type + " is not taken here, only "
                            + String.join(", ", settings.format().mediaTypes())));
        }
        String key = exchange.getRequestHeaders().getFirst(RequestKey.HEADER);
        if (key != null && !RequestKey.isAllowed(key)) {
            return Optional.of(new Refusal(BAD_REQUEST, RequestKey.HEADER + " must have 1 to 255 characters"));
        }
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        return length != null && length.length() <= 18 && Long.parseLong(length) > settings.maxBody()
                ? Optional.of(tooLarge(length))
                : Optional.empty();
    }

    private static String mediaType(String header) {
        int parameters = header.indexOf(';');
        return (parameters < 0 ? header : header.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }

    private Refusal tooLarge(String bytes) {
        return new Refusal(TOO_LARGE, "a body has at most " + settings.maxBody() + " bytes, this one " + bytes);
    }

    private void read(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(settings.maxBody() + 1);
        if (body.length > settings.maxBody()) {
            refuse(exchange, tooLarge("more"));
            return;
        }
        List<Row> rows;
        try {
            rows = parse(body);
        } catch (MalformedRecordException e) {
            refuse(exchange, new Refusal(BAD_REQUEST, e.getMessage() + "; nothing was accepted"));
            return;
        }
        if (rows.isEmpty()) {
            refuse(exchange, new Refusal(BAD_REQUEST, "there is no record in the body"));
        } else if (rows.size() > deliveries.most()) {
            refuse(
                    exchange,
                    new Refusal(
                            TOO_LARGE,
                            rows.size() + " records are more than the " + deliveries.most()
                                    + " that may wait at once"));
        } else {
            offer(exchange, rows);
        }
    }

    private void offer(HttpExchange exchange, List<Row> rows) {
        Optional<RequestKey> key = Optional.ofNullable(
                        exchange.getRequestHeaders().getFirst(RequestKey.HEADER))
                .map(RequestKey::of);
        switch (deliveries.offer(new Delivery(exchange, key, rows))) {
            case ACCEPTED, JOINED -> {}
            case COVERED -> Delivery.answer(exchange, OK, "covered by a checkpoint already");
            case FULL -> refuse(exchange, new Refusal(UNAVAILABLE, "too many records wait for a checkpoint"));
        }
    }

    private List<Row> parse(byte[] body) throws MalformedRecordException {
        RowParser parser = settings.parser();
        if (parser instanceof JsonLinesParser json) {
            try {
                return List.of(json.whole(body));
            } catch (MalformedRecordException e) {
                // Not one document in any number of lines: then one in each.
            }
        }
        List<Row> rows = new ArrayList<>();
        int line = 1;
        for (int from = 0; from < body.length; ) {
            from = parser.find(body, from, body.length, RowParser.Tail.FINAL);
            if (!parser.blank()) {
                try {
                    rows.add(parser.row());
                } catch (MalformedRecordException e) {
                    throw new MalformedRecordException("line " + line + ": " + e.getMessage());
                }
            }
            line += parser.lines();
        }
        return rows;
    }
}

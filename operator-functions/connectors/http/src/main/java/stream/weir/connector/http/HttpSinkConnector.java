package stream.weir.connector.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;

/** The sink {@code http} of pipeline files. */
public final class HttpSinkConnector implements SinkConnector {
    private static final long MOST_RETRIES = 1_000;
    private static final long MOST_IN_FLIGHT = 1_000;

    /** Called by {@link java.util.ServiceLoader}. */
    public HttpSinkConnector() {}

    @Override
    public String type() {
        return "http";
    }

    @Override
    public List<Option> options() {
        return List.of(
                Option.required("url", Option.Kind.STRING, "Where each row is sent."),
                Option.oneOf("method", List.of("POST", "PUT", "PATCH"), "Of the requests."),
                Option.optional("headers", Option.Kind.MAP, "Headers of each request, by name."),
                Option.oneOf("format", List.of("json", "csv", "text"), "How a row is a body; text is its only field."),
                Option.withDefault("delimiter", Option.Kind.STRING, ",", "csv: what separates fields."),
                Option.withDefault("timeout", Option.Kind.DURATION, "30s", "Most time for one answer."),
                Option.withDefault("retries", Option.Kind.INT, "10", "Further attempts for a row, 0 to 1000."),
                Option.withDefault(
                        "maxInFlight", Option.Kind.INT, "16", "Requests at once; with 1 rows keep their order."),
                Option.oneOf(
                        "onRejected",
                        List.of("fail", "skip"),
                        "What to do with a row that is answered with 4xx other than 408 and 429."));
    }

    @Override
    public List<String> problems(Options options, RowType rows) {
        List<String> problems = new ArrayList<>();
        String url = options.get("url", String.class);
        if (parse(url).isEmpty()) {
            problems.add("The option url must be a URL of http or https with a host, not \"" + url + "\".");
        }
        if (format(options) == HttpSinkSettings.Format.TEXT && rows.size() != 1) {
            problems.add("The format text sends the only field of a row, and the rows have " + rows.size() + ".");
        }
        if (options.get("delimiter", String.class).length() != 1) {
            problems.add("The option delimiter must be one character.");
        }
        if (!options.get("timeout", Duration.class).isPositive()) {
            problems.add("The option timeout must be positive.");
        }
        range("retries", 0, MOST_RETRIES, options, problems);
        range("maxInFlight", 1, MOST_IN_FLIGHT, options, problems);
        return problems;
    }

    private static void range(String option, long least, long most, Options options, List<String> problems) {
        long value = options.get(option, Long.class);
        if (value < least || value > most) {
            problems.add("The option " + option + " is " + value + ", but must be from " + least + " to " + most + ".");
        }
    }

    private static Optional<URI> parse(String url) {
        try {
            URI parsed = URI.create(url);
            boolean web = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            return web && parsed.getHost() != null ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static HttpSinkSettings.Format format(Options options) {
        return HttpSinkSettings.Format.valueOf(
                options.get("format", String.class).toUpperCase(Locale.ROOT));
    }

    @Override
    public Sink<Row> create(Options options, RowType rows) {
        Map<String, String> headers = new LinkedHashMap<>();
        options.find("headers", Map.class).ifPresent(map -> ((Map<?, ?>) map)
                .forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value))));
        return new HttpSink(new HttpSinkSettings(
                URI.create(options.get("url", String.class)),
                options.get("method", String.class),
                headers,
                format(options),
                options.get("delimiter", String.class).charAt(0),
                rows,
                options.get("timeout", Duration.class),
                Math.toIntExact(options.get("retries", Long.class)),
                Math.toIntExact(options.get("maxInFlight", Long.class)),
                HttpSinkSettings.Rejected.valueOf(
                        options.get("onRejected", String.class).toUpperCase(Locale.ROOT))));
    }
}

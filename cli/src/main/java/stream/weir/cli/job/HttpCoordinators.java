package stream.weir.cli.job;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;

/** Coordinators by their addresses; each is asked until one answers as leader. */
public final class HttpCoordinators implements Coordinators, AutoCloseable {
    private static final String BASE = "/api/v1/";
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final int REFUSED = 300;

    private final List<String> urls;
    private final Optional<String> token;
    private final Duration patience;
    private final HttpClient client;

    private HttpCoordinators(List<String> urls, Optional<String> token, Duration patience, HttpClient client) {
        this.urls = List.copyOf(urls);
        this.token = token;
        this.patience = patience;
        this.client = client;
    }

    /**
     * @param urls as {@code http://host:8081}
     * @param token sent as bearer token with each request
     * @param patience for one whole answer
     */
    public static HttpCoordinators at(List<String> urls, Optional<String> token, Duration patience) {
        return new HttpCoordinators(
                urls.stream().map(url -> url.replaceAll("/+$", "")).toList(),
                token,
                patience,
                HttpClient.newBuilder().connectTimeout(patience).build());
    }

    @Override
    public String name() {
        return String.join(", ", urls);
    }

    @Override
    public Value get(String path) throws IOException {
        return ask("GET", path, BodyPublishers.noBody());
    }

    @Override
    public Value post(String path, Value body) throws IOException {
        return ask("POST", path, BodyPublishers.ofString(Json.line(body)));
    }

    @Override
    public void close() {
        client.close();
    }

    private Value ask(String method, String path, BodyPublisher body) throws IOException {
        List<String> why = new ArrayList<>();
        for (String url : urls) {
            try {
                HttpResponse<String> response = send(url + BASE + path, method, body);
                if (response.statusCode() != SERVICE_UNAVAILABLE) {
                    return accepted(response);
                }
                why.add(url + " does not lead");
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                why.add(url + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            }
        }
        throw new IOException(
                "no coordinator answers " + method + " " + path + " as leader: " + String.join("; ", why));
    }

    private HttpResponse<String> send(String url, String method, BodyPublisher body) throws IOException {
        HttpRequest.Builder request;
        try {
            request = HttpRequest.newBuilder(URI.create(url));
        } catch (IllegalArgumentException e) {
            throw new IOException(url + " is no address of a coordinator, as http://host:8081", e);
        }
        token.ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        // The client's own limit ends with the head of an answer: one that is cut off behind it would be waited for for
        // ever.
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request.header("Content-Type", "application/json")
                        .method(method, body)
                        .build(),
                BodyHandlers.ofString());
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + patience.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException failed
                    ? failed
                    : new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Value accepted(HttpResponse<String> response) throws IOException {
        if (response.statusCode() < REFUSED) {
            return Json.read(response.body());
        }
        throw Refusals.of(response.body(), "HTTP_" + response.statusCode(), response.uri() + " answers so");
    }
}

package stream.weir.connector.http;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;
import stream.weir.connector.format.CsvPrinter;
import stream.weir.connector.format.JsonLinesPrinter;

/** Sends rows as they come; a checkpoint is acknowledged when the receiver has taken all of them. */
final class WebhookWriter implements SinkWriter<Row> {
    private static final long SLICE_MILLIS = 50;
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 10_000;
    private static final int MOST_DOUBLINGS = 7;

    private final HttpSinkSettings settings;
    private final SinkContext context;
    private final HttpClient client;
    private final Semaphore slots;
    /** Shared with the client's threads, which take out what is done. */
    private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    WebhookWriter(HttpSinkSettings settings, SinkContext context, HttpClient client) {
        this.settings = settings;
        this.context = context;
        this.client = client;
        this.slots = new Semaphore(settings.maxInFlight());
    }

    @Override
    public void write(Row row, long timestamp) throws IOException, InterruptedException {
        refuseAfterFailure();
        HttpRequest request = request(row);
        while (!slots.tryAcquire(SLICE_MILLIS, TimeUnit.MILLISECONDS)) {
            requireWanted();
            refuseAfterFailure();
        }
        CompletableFuture<?> sent = attempt(request, 0);
        underWay.add(sent);
        sent.whenComplete((done, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
            underWay.remove(sent);
            slots.release();
        });
    }

    private HttpRequest request(Row row) {
        HttpRequest.Builder request = HttpRequest.newBuilder(settings.url())
                .timeout(settings.timeout())
                .method(settings.method(), HttpRequest.BodyPublishers.ofByteArray(body(row)))
                .header("Content-Type", settings.format().mediaType());
        settings.headers().forEach(request::setHeader);
        return request.build();
    }

    private byte[] body(Row row) {
        ByteWriter out = new ByteWriter();
        switch (settings.format()) {
            case JSON -> JsonLinesPrinter.value(row, out);
            case CSV -> new CsvPrinter(settings.rows(), settings.delimiter()).row(row, out);
            case TEXT -> {
                Object value = row.get(0);
                return (value == null ? "" : String.valueOf(value)).getBytes(StandardCharsets.UTF_8);
            }
        }
        return out.toByteArray();
    }

    private CompletableFuture<?> attempt(HttpRequest request, int before) {
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .handle((response, error) -> next(request, before, response, error))
                .thenCompose(next -> next);
    }

    private CompletableFuture<?> next(
            HttpRequest request, int before, @Nullable HttpResponse<String> response, @Nullable Throwable error) {
        if (response != null && response.statusCode() / 100 == 2) {
            return CompletableFuture.completedFuture(response);
        }
        String outcome = response == null
                ? String.valueOf(error)
                : "answered with " + response.statusCode() + ": " + abridged(response.body());
        if (response != null && !isPassing(response.statusCode())) {
            return settings.rejected() == HttpSinkSettings.Rejected.SKIP && response.statusCode() / 100 == 4
                    ? CompletableFuture.completedFuture(response)
                    : CompletableFuture.failedFuture(new IOException(request.method() + " " + settings.receiver()
                            + " was " + outcome + "; onRejected: skip leaves such rows out"));
        }
        if (before >= settings.retries() || context.stopping()) {
            return CompletableFuture.failedFuture(new IOException(
                    request.method() + " " + settings.receiver() + " has failed " + (before + 1) + " times, at last: "
                            + outcome,
                    error));
        }
        return CompletableFuture.supplyAsync(
                        () -> before, CompletableFuture.delayedExecutor(pause(before, response), TimeUnit.MILLISECONDS))
                .thenCompose(failed -> attempt(request, failed + 1));
    }

    private static boolean isPassing(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    private static String abridged(String body) {
        return body.length() > 200 ? body.substring(0, 200) + "..." : body;
    }

    /** As the receiver asks in {@code Retry-After}, else twice as long each time. */
    private static long pause(int before, @Nullable HttpResponse<String> response) {
        long doubled = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(before, MOST_DOUBLINGS));
        if (response == null) {
            return doubled;
        }
        return response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("\\d{1,4}"))
                .map(value -> Math.min(
                        6 * LONGEST_PAUSE_MILLIS,
                        Duration.ofSeconds(Long.parseLong(value)).toMillis()))
                .orElse(doubled);
    }

    @Override
    public Prepared prepare(long checkpoint) {
        List<CompletableFuture<?>> sent = new ArrayList<>(underWay);
        return () -> {
            CompletableFuture<?> all = CompletableFuture.allOf(sent.toArray(CompletableFuture<?>[]::new));
            await(all);
            while (!all.isDone()) {
                requireWanted();
                await(all);
            }
            await(all);
            refuseAfterFailure();
            return List.of();
        };
    }

    /** A failure is kept here as well: that of a request may be known before it is kept by the request's own callback. */
    private void await(CompletableFuture<?> all) throws InterruptedException {
        try {
            all.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The caller looks again.
        } catch (ExecutionException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void requireWanted() throws IOException {
        if (context.stopping()) {
            throw new IOException(
                    "requests to " + settings.receiver() + " were given up, as the replica was told to end");
        }
    }

    private void refuseAfterFailure() throws IOException {
        Throwable error = failure.get();
        if (error != null) {
            Throwable cause = error.getCause() == null ? error : error.getCause();
            throw new IOException("a row was not taken by " + settings.receiver() + ": " + cause.getMessage(), error);
        }
    }

    @Override
    public void commit(Bytes transaction) throws IOException {
        throw new IOException(
                "the restored checkpoint holds rows of an exactly-once sink that may not be committed yet;"
                        + " run the pipeline with that sink until it is stopped, then change it");
    }

    /** Without waiting for anything: what is under way may arrive. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}

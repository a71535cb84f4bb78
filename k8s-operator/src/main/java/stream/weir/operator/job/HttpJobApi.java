package stream.weir.operator.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks each coordinator pod until one answers as leader; begins with the one that did last time. */
public final class HttpJobApi implements JobApi {
    private static final int NOT_LEADER = 503;
    private static final int REACHED_WITHIN_MILLIS = 500;
    private static final String BASE = "/api/v1/";
    private static final int LONGEST_QUOTE = 200;

    private final HttpClient client;
    private final Duration timeout;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> lastLeader = new ConcurrentHashMap<>();

    /** @param timeout for one pod's answer */
    public HttpJobApi(HttpClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    private record Answer(String coordinator, int status, JsonNode body) {}

    @Override
    public JobStatus status(JobAddress job) throws JobUnreachableException, JobRefusedException {
        Answer answer = ask(job, "GET", "status", BodyPublishers.noBody());
        if (!answer.body().path("phase").isTextual()) {
            throw new JobUnreachableException(
                    answer.coordinator() + " answers GET status with what is no status of a job: "
                            + beginning(answer.body().toString()));
        }
        return JobStatusReader.read(answer.coordinator(), answer.body());
    }

    @Override
    public List<String> savepoints(JobAddress job) throws JobUnreachableException, JobRefusedException {
        List<String> names = new ArrayList<>();
        ask(job, "GET", "savepoints", BodyPublishers.noBody()).body().forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    @Override
    public void takeCheckpoint(JobAddress job) throws JobUnreachableException, JobRefusedException {
        ask(job, "POST", "checkpoints", BodyPublishers.noBody());
    }

    @Override
    public void takeSavepoint(JobAddress job, String name) throws JobUnreachableException, JobRefusedException {
        ask(job, "POST", "savepoints", body(Map.of("name", name)));
    }

    @Override
    public void stop(JobAddress job) throws JobUnreachableException, JobRefusedException {
        ask(job, "POST", "stop", body(Map.of("mode", "CHECKPOINT")));
    }

    @Override
    public void setReplicas(JobAddress job, Map<String, Integer> replicas)
            throws JobUnreachableException, JobRefusedException {
        ask(job, "PUT", "replicas", body(replicas));
    }

    @Override
    public boolean deleteData(JobAddress job) throws JobUnreachableException, JobRefusedException {
        return ask(job, "DELETE", "data", BodyPublishers.noBody()).status() == HttpURLConnection.HTTP_OK;
    }

    private Answer ask(JobAddress job, String method, String path, BodyPublisher body)
            throws JobUnreachableException, JobRefusedException {
        String key = job.namespace() + "/" + job.region();
        List<String> order = new ArrayList<>(job.coordinators());
        String last = lastLeader.get(key);
        if (last != null && order.remove(last)) {
            order.addFirst(last);
        }
        List<String> why = new ArrayList<>();
        List<IOException> failures = new ArrayList<>();
        Set<String> silent = new HashSet<>();
        for (String coordinator : order) {
            try {
                HttpResponse<String> response = send(coordinator, method, path, body);
                if (response.statusCode() != NOT_LEADER) {
                    lastLeader.put(key, coordinator);
                    return new Answer(coordinator, response.statusCode(), accepted(response));
                }
                why.add(coordinator + " does not lead");
            } catch (IOException e) {
                why.add(coordinator + ": " + e);
                failures.add(e);
                if (e instanceof OutOfReachException || isOutOfReach(coordinator)) {
                    silent.add(coordinator);
                }
            }
        }
        lastLeader.remove(key);
        String message = "No coordinator of " + key + " answers " + method + " " + path + " as leader: "
                + (order.isEmpty() ? "there is no pod with an address" : String.join("; ", why));
        JobUnreachableException unreachable = new JobUnreachableException(message, silent);
        failures.forEach(unreachable::addSuppressed);
        throw unreachable;
    }

    /**
     * Whether not even a connection can be had, nor a refusal: that is its node's kernel, which answers however busy or stopped the
     * process is. With a socket of its own, as this has to be seen also where this process is slow itself.
     */
    private static boolean isOutOfReach(String coordinator) {
        URI uri = URI.create("http://" + coordinator);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), REACHED_WITHIN_MILLIS);
            return false;
        } catch (SocketTimeoutException | NoRouteToHostException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpResponse<String> send(String coordinator, String method, String path, BodyPublisher body)
            throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + coordinator + BASE + path))
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        // The client's own limit ends with the head of an answer: one that is cut off behind it would hold this thread
        // for ever.
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return whole(answer, coordinator);
        } catch (OutOfReachException e) {
            answer.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
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

    /** Whoever is gone with his node is not waited for as long as somebody who is busy. */
    private HttpResponse<String> whole(CompletableFuture<HttpResponse<String>> answer, String coordinator)
            throws OutOfReachException, TimeoutException, ExecutionException, InterruptedException {
        long soon = Math.min(timeout.toNanos(), TimeUnit.MILLISECONDS.toNanos(REACHED_WITHIN_MILLIS));
        try {
            return answer.get(soon, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (soon == timeout.toNanos()) {
                throw e;
            }
        }
        if (isOutOfReach(coordinator) && !answer.isDone()) {
            throw new OutOfReachException();
        }
        return answer.get(timeout.toNanos() - soon, TimeUnit.NANOSECONDS);
    }

    private static final class OutOfReachException extends IOException {
        private static final long serialVersionUID = 1;

        OutOfReachException() {
            super("no answer, and no connection is taken or refused there");
        }
    }

    private JsonNode accepted(HttpResponse<String> response) throws JobRefusedException, IOException {
        JsonNode body = response.body().isBlank() ? json.createObjectNode() : json.readTree(response.body());
        if (response.statusCode() >= 300) {
            throw new JobRefusedException(
                    body.path("reason").asText("HTTP_" + response.statusCode()),
                    body.path("detail").asText(response.uri() + " answered " + response.statusCode()));
        }
        return body;
    }

    private static String beginning(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private BodyPublisher body(Map<String, ?> fields) {
        try {
            return BodyPublishers.ofString(json.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("names and numbers are always JSON", e);
        }
    }
}

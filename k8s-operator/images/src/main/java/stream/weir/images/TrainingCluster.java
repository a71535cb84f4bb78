package stream.weir.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of an API server as an operator or a coordinator asks for in a training run: one pipeline, and whatever it writes, as it wrote
 * it, in a version that stays. Nothing is checked, nothing happens, watches stay silent.
 */
final class TrainingCluster implements AutoCloseable {
    static final String NAMESPACE = "training";

    private static final String PIPELINES = "streampipelines";
    /** Not the label that ends in this word. */
    private static final Pattern NAME = Pattern.compile("(?:\"name\"|(?<![\\w/\"])name): ?\"?([a-z0-9-.]+)");

    private static final Pattern META = Pattern.compile("\"metadata\": ?\\{(?=\")");
    /** What comes after the group and version. */
    private static final Pattern PATH = Pattern.compile("/(?:api/[^/]+|apis/[^/]+/[^/]+)/(.*)");

    private static final String ALL_ALLOWED = """
            {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview","spec":{},"status":{"incomplete":false,
             "nonResourceRules":[],"resourceRules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}]}}""";
    private static final String NOTHING = """
            {"apiVersion":"v1","kind":"Status","status":"Failure","reason":"NotFound","code":404,"message":"not found"}""";

    private final HttpServer server;
    private final ExecutorService threads;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final String pipeline;

    private TrainingCluster(HttpServer server, ExecutorService threads, String pipeline) {
        this.server = server;
        this.threads = threads;
        this.pipeline = pipeline;
    }

    static TrainingCluster start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // Each watch holds a thread.
        ExecutorService threads = Executors.newCachedThreadPool();
        TrainingCluster cluster = new TrainingCluster(server, threads, pipeline());
        server.setExecutor(threads);
        server.createContext("/", cluster::answer);
        server.start();
        return cluster;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        over.countDown();
        server.stop(0);
        threads.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("selfsubjectrulesreviews")) {
                reply(exchange, 201, ALL_ALLOWED);
            } else if (exchange.getRequestHeaders().containsKey("Upgrade")) {
                // No WebSocket here: the client then watches over HTTP.
                reply(exchange, 200, "");
            } else if (query.contains("watch=true")) {
                watch(exchange);
            } else {
                switch (exchange.getRequestMethod()) {
                    case "GET" -> get(exchange, path);
                    case "POST" -> write(exchange, path + "/" + nameIn(body), 201, body);
                    case "DELETE" -> reply(exchange, 200, NOTHING);
                    default -> write(exchange, path, 200, body);
                }
            }
        }
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        Matcher parts = PATH.matcher(path);
        List<String> rest = parts.matches() ? List.of(parts.group(1).split("/", -1)) : List.of();
        boolean many = rest.size() == 1 || rest.size() == 3 && rest.getFirst().equals("namespaces");
        if (many) {
            String items = rest.getLast().equals(PIPELINES) ? pipeline : "";
            reply(
                    exchange,
                    200,
                    "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":["
                            + items + "]}");
        } else if (path.contains("/" + PIPELINES + "/")) {
            reply(exchange, 200, pipeline);
        } else {
            String known = objects.get(path);
            reply(exchange, known == null ? 404 : 200, known == null ? NOTHING : known);
        }
    }

    private void write(HttpExchange exchange, String path, int status, String body) throws IOException {
        String stored = body.contains("\"resourceVersion\"")
                ? body
                : META.matcher(body).replaceFirst("\"metadata\":{\"resourceVersion\":\"1\",");
        objects.put(path, stored);
        reply(exchange, status, stored);
    }

    private void watch(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String nameIn(String body) {
        Matcher found = NAME.matcher(body);
        return found.find() ? found.group(1) : "nameless";
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] content = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
        if (content.length > 0) {
            exchange.getResponseBody().write(content);
        }
    }

    private static String pipeline() throws IOException {
        try (InputStream in = TrainingCluster.class.getResourceAsStream("training-pipeline.json")) {
            if (in == null) {
                throw new IOException("training-pipeline.json is not in the jar");
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}

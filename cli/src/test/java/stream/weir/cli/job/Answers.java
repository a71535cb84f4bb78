package stream.weir.cli.job;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server that gives the same answers again and again, and remembers what it was asked. */
public final class Answers implements AutoCloseable {
    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private Answers(HttpServer server) {
        this.server = server;
    }

    /** @param status of the answer */
    public record Answer(int status, String body) {}

    /** @param byPath by what the path ends with; anything else is not found */
    public static Answers of(Map<String, Answer> byPath) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Answers answers = new Answers(server);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String token = exchange.getRequestHeaders().getFirst("Authorization");
            answers.asked.add(
                    (exchange.getRequestMethod() + " " + path + " " + body + (token == null ? "" : token)).strip());
            Answer answer = byPath.entrySet().stream()
                    .filter(each -> path.endsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(new Answer(404, "{\"reason\": \"NOT_FOUND\", \"detail\": \"" + path + "\"}"));
            byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return answers;
    }

    public String url() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    /** Method, path, body and token of each request. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

package stream.weir.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of S3 as a training run asks for, in memory: so that the client's classes come into the AOT cache. Signatures are not
 * looked at, and whatever is written in parts is refused. One request at a time, on the server's thread.
 */
final class TrainingStore implements AutoCloseable {
    private static final Pattern KEY = Pattern.compile("<Key>([^<]+)</Key>");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Pattern PREFIX = Pattern.compile("(?:^|&)prefix=([^&]*)");
    private static final int HEXADECIMAL = 16;

    private final HttpServer server;
    private final Map<String, byte[]> objects = new TreeMap<>();

    private TrainingStore(HttpServer server) {
        this.server = server;
    }

    static TrainingStore start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TrainingStore store = new TrainingStore(server);
        server.createContext("/", store::answer);
        server.start();
        return store;
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String query =
                    Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
            String method = exchange.getRequestMethod();
            if (query.startsWith("delete")) {
                KEY.matcher(new String(body, UTF_8))
                        .results()
                        .forEach(found -> objects.remove(folder(path) + found.group(1)));
                reply(exchange, 200, "<DeleteResult/>".getBytes(UTF_8));
            } else if (query.contains("list-type")) {
                list(exchange, path, query);
            } else if (query.contains("upload")) {
                reply(exchange, 501, new byte[0]);
            } else if (method.equals("PUT")) {
                put(exchange, path, body);
            } else {
                get(exchange, path);
            }
        }
    }

    private void put(HttpExchange exchange, String path, byte[] body) throws IOException {
        byte[] present = objects.get(path);
        if (header(exchange, "If-None-Match").isPresent() && present != null
                || header(exchange, "If-Match")
                        .filter(wanted -> present == null || !wanted.equals(etag(present)))
                        .isPresent()) {
            reply(exchange, 412, error("PreconditionFailed"));
            return;
        }
        Optional<String> copied = header(exchange, "x-amz-copy-source");
        byte[] content = copied.isPresent()
                ? objects.get("/" + URLDecoder.decode(copied.get(), UTF_8).replaceFirst("^/", ""))
                : plain(exchange, body);
        if (content == null) {
            reply(exchange, 404, error("NoSuchKey"));
            return;
        }
        objects.put(path, content);
        exchange.getResponseHeaders().set("ETag", etag(content));
        String result =
                copied.isPresent() ? "<CopyObjectResult><ETag>" + etag(content) + "</ETag></CopyObjectResult>" : "";
        reply(exchange, 200, result.getBytes(UTF_8));
    }

    private void get(HttpExchange exchange, String path) throws IOException {
        byte[] content = objects.get(path);
        if (content == null) {
            reply(exchange, 404, error("NoSuchKey"));
            return;
        }
        exchange.getResponseHeaders().set("ETag", etag(content));
        exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
        Matcher range = RANGE.matcher(header(exchange, "Range").orElse(""));
        if (range.matches() && content.length > 0) {
            int from = Math.min(Integer.parseInt(range.group(1)), content.length - 1);
            int to = range.group(2).isEmpty()
                    ? content.length
                    : (int) Math.min(Long.parseLong(range.group(2)) + 1, content.length);
            exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.length);
            reply(exchange, 206, Arrays.copyOfRange(content, from, to));
        } else {
            reply(exchange, 200, content);
        }
    }

    private void list(HttpExchange exchange, String bucket, String query) throws IOException {
        Matcher found = PREFIX.matcher(query);
        String prefix = found.find() ? URLDecoder.decode(found.group(1), UTF_8) : "";
        String folder = folder(bucket);
        StringBuilder all = new StringBuilder("<ListBucketResult><IsTruncated>false</IsTruncated>");
        objects.forEach((path, content) -> {
            if (path.startsWith(folder + prefix)) {
                all.append("<Contents><Key>")
                        .append(path.substring(folder.length()))
                        .append("</Key><Size>")
                        .append(content.length)
                        .append("</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>");
            }
        });
        reply(exchange, 200, all.append("</ListBucketResult>").toString().getBytes(UTF_8));
    }

    private static String folder(String bucket) {
        return bucket.endsWith("/") ? bucket : bucket + "/";
    }

    private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** The content without the frames of chunked signing. */
    private static byte[] plain(HttpExchange exchange, byte[] body) {
        if (header(exchange, "x-amz-decoded-content-length").isEmpty()) {
            return body;
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (at < body.length) {
            int end = at;
            while (body[end] != '\r') {
                end++;
            }
            int length = Integer.parseInt(new String(body, at, end - at, UTF_8).replaceFirst(";.*", ""), HEXADECIMAL);
            if (length == 0) {
                break;
            }
            content.write(body, end + 2, length);
            at = end + 2 + length + 2;
        }
        return content.toByteArray();
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
    }

    private static String etag(byte[] content) {
        return "\"" + Integer.toHexString(Arrays.hashCode(content)) + content.length + "\"";
    }

    private static byte[] error(String code) {
        return ("<Error><Code>" + code + "</Code><Message>" + code + "</Message></Error>").getBytes(UTF_8);
    }
}

package stream.weir.connector.kafka;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.JsonLinesPrinter;
import stream.weir.connector.format.MalformedRecordException;

/**
 * A registry that speaks the REST interface of Confluent's, as Apicurio does below {@code /apis/ccompat/v7}. Callers keep what they
 * were told: an id means the same schema for ever.
 */
final class SchemaRegistry {
    /** A client remembers no more than these; a topic has a handful. */
    static final int MOST_SCHEMAS = 1_000;

    private static final int ATTEMPTS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final RowType SCHEMA = new RowType(List.of(new RowType.Column("schema", Primitive.STRING)));
    private static final RowType ID = new RowType(List.of(new RowType.Column("id", Primitive.INT64)));

    private final URI location;
    private final HttpClient client;

    private SchemaRegistry(URI location, HttpClient client) {
        this.location = location;
        this.client = client;
    }

    static SchemaRegistry at(URI location) {
        return new SchemaRegistry(
                location, HttpClient.newBuilder().connectTimeout(TIMEOUT).build());
    }

    URI location() {
        return location;
    }

    /** The schema of an id; empty where there is none. */
    Optional<Schema> schema(int id) throws IOException {
        HttpResponse<byte[]> response = ask(HttpRequest.newBuilder(resolve("schemas/ids/" + id)));
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        String text = (String) field(response, SCHEMA);
        try {
            return Optional.of(new Schema.Parser().parse(text));
        } catch (AvroRuntimeException e) {
            throw new IOException("schema " + id + " of " + shown(location) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Registers a schema, or finds it. @return its id */
    int register(String subject, Schema schema) throws IOException {
        ByteWriter body = new ByteWriter();
        new JsonLinesPrinter().row(Row.of(SCHEMA, schema.toString()), body);
        String path = "subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8) + "/versions";
        HttpResponse<byte[]> response = ask(HttpRequest.newBuilder(resolve(path))
                .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())));
        return Math.toIntExact((Long) field(response, ID));
    }

    private URI resolve(String path) {
        String base = location.toString();
        return URI.create(base + (base.endsWith("/") ? "" : "/") + path);
    }

    private HttpResponse<byte[]> ask(HttpRequest.Builder builder) throws IOException {
        HttpRequest request = builder.timeout(TIMEOUT)
                .header("Accept", "application/vnd.schemaregistry.v1+json, application/json")
                .build();
        IOException last = new IOException("was not asked");
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() < 500) {
                    return response;
                }
                last = refused(response);
            } catch (IOException e) {
                last = e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while asking " + shown(location));
            }
        }
        throw new IOException(
                "cannot ask the schema registry: " + request.method() + " " + shown(request.uri()) + ": " + last, last);
    }

    private static Object field(HttpResponse<byte[]> response, RowType type) throws IOException {
        if (response.statusCode() != 200) {
            throw refused(response);
        }
        try {
            Object value = JsonLinesParser.of(type).whole(response.body()).get(0);
            if (value != null) {
                return value;
            }
            throw new IOException("the answer of " + shown(response.uri()) + " has no field "
                    + type.columns().getFirst().name());
        } catch (MalformedRecordException e) {
            throw new IOException("the answer of " + shown(response.uri()) + " " + e.getMessage(), e);
        }
    }

    private static IOException refused(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        return new IOException(shown(response.uri()) + " answered " + response.statusCode() + ": "
                + body.substring(0, Math.min(body.length(), 500)));
    }

    /** For people: without user and query, which may be secrets. */
    private static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
                + uri.getRawPath();
    }
}

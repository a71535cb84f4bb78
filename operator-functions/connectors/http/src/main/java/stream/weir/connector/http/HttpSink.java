package stream.weir.connector.http;

import java.net.http.HttpClient;
import stream.weir.api.row.Row;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** Sends each row as a request, at least once. */
final class HttpSink implements Sink<Row> {
    private final HttpSinkSettings settings;

    HttpSink(HttpSinkSettings settings) {
        this.settings = settings;
    }

    @Override
    public SinkWriter<Row> open(SinkContext context) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
        return new WebhookWriter(settings, context, client);
    }

    @Override
    public String toString() {
        return "requests to " + settings.receiver();
    }
}

package stream.weir.connector.http;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

/** Takes records that are posted; each request is answered when a checkpoint covers its records. */
final class HttpSource implements Source<Row> {
    private static final int BACKLOG = 256;

    private final HttpSourceSettings settings;

    HttpSource(HttpSourceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Codec<Row> codec() {
        return RowCodec.of(settings.rows());
    }

    @Override
    public SourceReader<Row> open(SourceContext context) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port(context.replica()));
        HttpServer server;
        try {
            server = HttpServer.create(address, BACKLOG);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen on " + address + " for replica " + context.replica() + ": " + e.getMessage()
                            + "; another program has the port, or two stages have it",
                    e);
        }
        Deliveries deliveries =
                new Deliveries(settings.maxPending(), CoveredKeys.restored(context, settings.rememberedKeys()));
        server.setExecutor(context.background());
        server.createContext("/", new PostHandler(settings, deliveries));
        server.start();
        return new HttpReader(server, deliveries, context);
    }

    @Override
    public String toString() {
        return "requests to port " + settings.port() + settings.path();
    }
}

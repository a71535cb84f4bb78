package stream.weir.connector.http;

import com.sun.net.httpserver.HttpServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/**
 * Emits the rows of accepted requests. There are no rows to go back to after a failure: what no checkpoint covers was not answered with
 * 200, and whoever sent it sends it again. Checkpoints hold the keys of covered requests.
 */
final class HttpReader implements SourceReader<Row> {
    private final HttpServer server;
    private final Deliveries deliveries;
    private final SourceContext context;
    /** Emitted after the last capture. */
    private List<Delivery> emitted = new ArrayList<>();
    /** Emitted before the capture of a checkpoint, and after that of the one before. */
    private final NavigableMap<Long, List<Delivery>> captured = new TreeMap<>();

    private @Nullable Delivery current;
    private SourceOutput.@Nullable Split<Row> output;

    HttpReader(HttpServer server, Deliveries deliveries, SourceContext context) {
        this.server = server;
        this.deliveries = deliveries;
        this.context = context;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public Status poll(int maxRecords, SourceOutput<Row> out) {
        SourceOutput.Split<Row> to = output;
        if (to == null) {
            to = out.split("http-" + context.replica());
            output = to;
        }
        int count = 0;
        while (count < maxRecords) {
            Delivery delivery = current;
            if (delivery == null) {
                Optional<Delivery> next = deliveries.next();
                if (next.isEmpty()) {
                    return Status.IDLE;
                }
                delivery = next.get();
                current = delivery;
            }
            Row row = delivery.rows().poll();
            if (row == null) {
                emitted.add(delivery);
                current = null;
            } else {
                to.emit(row);
                count++;
            }
        }
        return Status.MORE;
    }

    @Override
    public Map<String, Bytes> positions() {
        List<Delivery> coming = new ArrayList<>();
        captured.values().forEach(coming::addAll);
        return deliveries.position(context.replica(), coming);
    }

    /** A request of which some rows are still to be emitted belongs to a later checkpoint. */
    @Override
    public Map<String, Bytes> positions(long checkpoint) {
        captured.put(checkpoint, emitted);
        emitted = new ArrayList<>();
        return positions();
    }

    /** Answers on a background thread: a client that does not listen must not hold the replica up. */
    @Override
    public void completed(long checkpoint) {
        List<Delivery> covered = new ArrayList<>();
        NavigableMap<Long, List<Delivery>> upTo = captured.headMap(checkpoint, true);
        upTo.values().forEach(covered::addAll);
        upTo.clear();
        if (!covered.isEmpty()) {
            deliveries.covered(covered);
            context.background()
                    .execute(() -> covered.forEach(delivery -> {
                        delivery.answer(PostHandler.OK, "covered by checkpoint " + checkpoint);
                        deliveries.answered(delivery);
                    }));
        }
    }

    /** Who waits is told to come again; should the records be covered by now, they come twice. */
    @Override
    public void close() {
        deliveries.close();
        List<Delivery> left = new ArrayList<>(emitted);
        captured.values().forEach(left::addAll);
        if (current != null) {
            left.add(current);
        }
        for (Optional<Delivery> next = deliveries.next(); next.isPresent(); next = deliveries.next()) {
            left.add(next.get());
        }
        left.forEach(
                delivery -> delivery.answer(PostHandler.UNAVAILABLE, "no checkpoint covers it yet: send it again"));
        server.stop(0);
    }
}

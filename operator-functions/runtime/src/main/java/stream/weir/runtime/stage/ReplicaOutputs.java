package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Stage;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.function.Output;

/**
 * Everything a replica sends. Records and watermarks wait in open batches until a batch is full or the replica flushes; a
 * watermark leaves behind all records that came before it; barriers, cancel markers and ends flush first.
 */
final class ReplicaOutputs implements AutoCloseable {
    private static final long NONE = Long.MIN_VALUE;
    private static final Output NOWHERE = (value, timestamp) -> {};

    private final List<LinkOutput> links;
    private final Map<String, Output> outputs;
    private long sentWatermark = NONE;
    private long watermark = NONE;
    private Activity lastActivity = Activity.ACTIVE;

    private ReplicaOutputs(List<LinkOutput> links, Map<String, Output> outputs) {
        this.links = links;
        this.outputs = outputs;
    }

    static ReplicaOutputs open(
            PipelineGraph graph,
            ReplicaId replica,
            LinkOutput.Origin origin,
            Function<Link, FrameSink> sinks,
            ReplicaMetrics metrics) {
        Stage stage = graph.pipeline().stage(replica.stage());
        List<LinkOutput> all = new ArrayList<>();
        Map<String, List<Output>> byName = new HashMap<>();
        for (PipelineGraph.Edge edge : graph.edgesFrom(stage.name())) {
            List<LinkOutput> links = new ArrayList<>();
            for (Link link : edge.linksFrom(replica.index())) {
                AtomicLong sent = edge.partitioning() instanceof Partitioning.Broadcast && !links.isEmpty()
                        ? new AtomicLong()
                        : metrics.sentTo(edge.to().name());
                links.add(LinkOutput.of(origin, link, edge.codec(), sinks.apply(link), sent));
            }
            all.addAll(links);
            byName.computeIfAbsent(edge.output(), name -> new ArrayList<>())
                    .add(EdgeOutput.of(
                            edge.partitioning(), links, graph.pipeline().maxParallelism()));
        }
        Map<String, Output> outputs = new HashMap<>();
        byName.forEach((name, edges) -> outputs.put(name, toAll(edges)));
        return new ReplicaOutputs(List.copyOf(all), outputs);
    }

    /** Of a replica that sends nothing. */
    static ReplicaOutputs none() {
        return new ReplicaOutputs(List.of(), Map.of());
    }

    private static Output toAll(List<Output> edges) {
        if (edges.size() == 1) {
            return edges.getFirst();
        }
        Output[] each = edges.toArray(Output[]::new);
        return (value, timestamp) -> {
            for (Output edge : each) {
                edge.emit(value, timestamp);
            }
        };
    }

    /** Where records of the output of that name go; nowhere, when no stage reads it. */
    Output output(String name) {
        return outputs.getOrDefault(name, NOWHERE);
    }

    /** Whether any stage reads the output of that name. */
    boolean has(String name) {
        return outputs.containsKey(name);
    }

    /** Whether a flush would send something. */
    boolean hasPending() {
        if (watermark > sentWatermark) {
            return true;
        }
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i).hasPending()) {
                return true;
            }
        }
        return false;
    }

    /** Event time is complete up to {@code timestamp}; sent with the next flush. */
    void watermark(long timestamp) {
        watermark = Math.max(watermark, timestamp);
    }

    /** Whether there is anything to wait for at the moment. The other side notices by itself when records come again. */
    void activity(Activity activity) {
        if (activity == Activity.IDLE && lastActivity == Activity.ACTIVE) {
            control(new Frame.Idle());
        }
        lastActivity = activity;
    }

    /** Whether records may come before long. */
    enum Activity {
        ACTIVE,
        IDLE
    }

    /** Sends open batches, then the watermark where it has moved. */
    void flush() {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).flush();
        }
        if (watermark > sentWatermark) {
            sentWatermark = watermark;
            sendToAll(new Frame.Watermark(watermark));
        }
    }

    /** Flushes, then sends a control element on every link. */
    void control(Frame.Content content) {
        flush();
        sendToAll(content);
    }

    @Override
    public void close() {
        links.forEach(LinkOutput::close);
    }

    private void sendToAll(Frame.Content content) {
        for (int i = 0; i < links.size(); i++) {
            links.get(i).control(content);
        }
    }
}

package stream.weir.runtime.stage;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Link;

/** Who is linked to whom. Pure; derived from the model, the same in every process. */
public final class PipelineGraph {
    private final Pipeline pipeline;
    private final List<Edge> edges;

    private PipelineGraph(Pipeline pipeline, List<Edge> edges) {
        this.pipeline = pipeline;
        this.edges = List.copyOf(edges);
    }

    public static PipelineGraph of(Pipeline pipeline) {
        List<Edge> edges = new ArrayList<>();
        for (Stage to : pipeline.stages()) {
            for (int i = 0; i < to.inputs().size(); i++) {
                edges.add(new Edge(pipeline.stage(to.inputs().get(i).from()), to, i));
            }
        }
        return new PipelineGraph(pipeline, edges);
    }

    public Pipeline pipeline() {
        return pipeline;
    }

    /** All replicas of all stages, in pipeline order. */
    public List<ReplicaId> replicas() {
        List<ReplicaId> replicas = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            for (int i = 0; i < stage.replicas(); i++) {
                replicas.add(new ReplicaId(stage.name(), i));
            }
        }
        return replicas;
    }

    /** The edges that {@code stage} writes to. */
    public List<Edge> edgesFrom(String stage) {
        return edges.stream().filter(edge -> edge.from().name().equals(stage)).toList();
    }

    /** The edges that {@code stage} reads, in the order of its inputs. */
    public List<Edge> edgesTo(String stage) {
        return edges.stream().filter(edge -> edge.to().name().equals(stage)).toList();
    }

    /** Every link of the pipeline. */
    public List<Link> links() {
        List<Link> links = new ArrayList<>();
        for (Edge edge : edges) {
            for (int to = 0; to < edge.to().replicas(); to++) {
                links.addAll(edge.linksTo(to));
            }
        }
        return links;
    }

    /**
     * Stage to stage.
     *
     * @param input index among the inputs of {@code to}
     */
    public record Edge(Stage from, Stage to, int input) {
        public Input definition() {
            return to.inputs().get(input);
        }

        public Partitioning partitioning() {
            return definition().partitioning();
        }

        public String output() {
            return definition().output();
        }

        /**
         * The codec of what crosses the edge.
         *
         * @throws IllegalArgumentException when the writing stage has no such output
         */
        public Codec<?> codec() {
            Codec<?> codec = from.outputs().get(output());
            if (codec == null) {
                throw new IllegalArgumentException(
                        "stage " + to.name() + " reads the output \"" + output() + "\" of stage " + from.name()
                                + ", which has only " + from.outputs().keySet());
            }
            return codec;
        }

        /** The links that end in one replica of the reading stage. */
        public List<Link> linksTo(int replica) {
            List<Link> links = new ArrayList<>();
            for (int i = 0; i < from.replicas(); i++) {
                if (!(partitioning() instanceof Partitioning.Forward) || i == replica) {
                    links.add(new Link(from.name(), i, output(), to.name(), replica));
                }
            }
            return links;
        }

        /** The links that begin in one replica of the writing stage, in the order of their targets. */
        public List<Link> linksFrom(int replica) {
            List<Link> links = new ArrayList<>();
            for (int i = 0; i < to.replicas(); i++) {
                if (!(partitioning() instanceof Partitioning.Forward) || i == replica) {
                    links.add(new Link(from.name(), replica, output(), to.name(), i));
                }
            }
            return links;
        }
    }
}

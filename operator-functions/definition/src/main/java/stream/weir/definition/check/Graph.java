package stream.weir.definition.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.definition.problem.Located;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.PipelineSpec;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.spec.StepSpec;

/** The stages of a file by name, and the edges between them. Of several stages with one name the first counts. */
public final class Graph {
    private final Map<String, StageSpec> stages;
    private final Map<String, List<Edge>> incoming;

    /**
     * An edge as it is read.
     *
     * @param implicit whether it stands for the {@code late: {to: STAGE}} of the stage it comes from
     */
    public record Edge(Endpoint from, InputSpec input, boolean implicit) {}

    private Graph(Map<String, StageSpec> stages, Map<String, List<Edge>> incoming) {
        this.stages = stages;
        this.incoming = incoming;
    }

    public static Graph of(PipelineSpec pipeline) {
        Map<String, StageSpec> stages = new LinkedHashMap<>();
        pipeline.stages().forEach(stage -> stage.name().ifPresent(name -> stages.putIfAbsent(name.value(), stage)));
        Map<String, List<Edge>> incoming = new LinkedHashMap<>();
        stages.forEach((name, stage) -> {
            List<Edge> edges = new ArrayList<>();
            stage.inputs()
                    .forEach(input ->
                            edges.add(new Edge(Endpoint.parse(input.from().value()), input, false)));
            incoming.put(name, edges);
        });
        stages.forEach((name, stage) -> lateRows(stage).forEach((output, to) -> {
            Endpoint from = new Endpoint(name, output);
            List<Edge> edges = incoming.get(to.value());
            if (edges != null && edges.stream().noneMatch(edge -> edge.from().equals(from))) {
                edges.add(
                        new Edge(from, new InputSpec(to, new InputSpec.Rebalance(to.place()), Optional.empty()), true));
            }
        }));
        return new Graph(stages, incoming);
    }

    public Map<String, StageSpec> stages() {
        return stages;
    }

    public Optional<StageSpec> stage(String name) {
        return Optional.ofNullable(stages.get(name));
    }

    /** What a stage reads, in the order of the file; late rows that are sent to it come last. */
    public List<Edge> into(String stage) {
        return incoming.getOrDefault(stage, List.of());
    }

    /** Names of the outputs for late rows, and where they are sent, in the order of the steps. */
    public static Map<String, Located<String>> lateRows(StageSpec stage) {
        Map<String, Located<String>> outputs = new LinkedHashMap<>();
        for (StepSpec step : stage.steps()) {
            if (step instanceof StepSpec.Aggregate aggregate) {
                aggregate.lateTo().ifPresent(to -> outputs.put(lateOutput(outputs.size()), to));
            }
        }
        return outputs;
    }

    /** The name of the {@code index}th (from 0) output for late rows of a stage. */
    public static String lateOutput(int index) {
        return index == 0 ? "late" : "late-" + (index + 1);
    }

    /** Stages such that each comes after those it reads; empty where they go round in a circle. */
    public Optional<List<StageSpec>> order() {
        List<StageSpec> order = new ArrayList<>();
        Map<String, StageSpec> left = new LinkedHashMap<>(stages);
        while (!left.isEmpty()) {
            List<String> ready = left.keySet().stream()
                    .filter(name -> into(name).stream()
                            .noneMatch(edge -> left.containsKey(edge.from().stage())))
                    .toList();
            if (ready.isEmpty()) {
                return Optional.empty();
            }
            ready.forEach(name -> Optional.ofNullable(left.remove(name)).ifPresent(order::add));
        }
        return Optional.of(order);
    }
}

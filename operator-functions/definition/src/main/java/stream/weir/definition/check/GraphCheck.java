package stream.weir.definition.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Stage;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.InputSpec;
import stream.weir.definition.spec.PipelineSpec;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.spec.StepSpec;

/** Holds a file's stages against each other. */
public final class GraphCheck {
    private final PipelineSpec pipeline;
    private final Graph graph;
    private final Problems problems;

    private GraphCheck(PipelineSpec pipeline, Graph graph, Problems problems) {
        this.pipeline = pipeline;
        this.graph = graph;
        this.problems = problems;
    }

    public static void check(PipelineSpec pipeline, Graph graph, Problems problems) {
        GraphCheck check = new GraphCheck(pipeline, graph, problems);
        check.uniqueNames();
        for (StageSpec stage : pipeline.stages()) {
            check.edges(stage);
            check.replicas(stage);
            check.lateRows(stage);
            check.stepNames(stage);
        }
        check.cycles();
        check.deadLetters();
    }

    private void uniqueNames() {
        Map<String, Located<String>> first = new HashMap<>();
        for (StageSpec stage : pipeline.stages()) {
            stage.name().ifPresent(name -> {
                Located<String> known = first.putIfAbsent(name.value(), name);
                if (known != null) {
                    problems.add(
                            name.place(),
                            name.value(),
                            "another stage has this name, in line "
                                    + known.place().line());
                }
            });
        }
    }

    private void edges(StageSpec stage) {
        boolean fed = stage.source().isPresent()
                || !stage.inputs().isEmpty()
                || !graph.into(stage.label()).isEmpty();
        if (!fed && stage.sound()) {
            problems.add(stage.place(), stage.label(), "a stage has a source or inputs, this one has neither");
        }
        Set<String> seen = new HashSet<>();
        for (InputSpec input : stage.inputs()) {
            Located<String> from = input.from();
            if (!seen.add(from.value())) {
                problems.add(from.place(), from.value(), "is read by this stage twice");
                continue;
            }
            Endpoint endpoint = Endpoint.parse(from.value());
            Optional<StageSpec> upstream = graph.stage(endpoint.stage());
            if (upstream.isEmpty()) {
                problems.addUnknown(
                        from.place(),
                        from.value(),
                        "no stage of that name",
                        graph.stages().keySet());
            }
            upstream.ifPresent(writer -> forward(stage, writer, input));
        }
    }

    private void forward(StageSpec stage, StageSpec upstream, InputSpec input) {
        int here = stage.replicas().value();
        int there = upstream.replicas().value();
        if (input.distribution() instanceof InputSpec.Forward && here != there) {
            problems.add(
                    input.distribution().place(),
                    "forward",
                    stage.label() + " has " + here + " replicas and " + upstream.label() + " has " + there
                            + "; forward needs equal numbers, otherwise use rebalance");
        }
    }

    private void replicas(StageSpec stage) {
        int replicas = stage.replicas().value();
        if (replicas > pipeline.maxParallelism()) {
            problems.add(
                    stage.replicas().place(),
                    String.valueOf(replicas),
                    "is more than spec.maxParallelism, " + pipeline.maxParallelism());
        }
    }

    private void lateRows(StageSpec stage) {
        Graph.lateRows(stage).forEach((output, to) -> {
            Optional<StageSpec> target = graph.stage(to.value());
            if (target.isEmpty()) {
                problems.addUnknown(
                        to.place(),
                        to.value(),
                        "no stage of that name",
                        graph.stages().keySet());
            } else if (target.get().source().isPresent()) {
                problems.add(to.place(), to.value(), "that stage has a source, so late rows cannot be sent to it");
            }
        });
    }

    private void stepNames(StageSpec stage) {
        Set<String> seen = new HashSet<>();
        for (StepSpec step : stage.steps()) {
            step.head()
                    .name()
                    .filter(name -> !seen.add(name.value()))
                    .ifPresent(name ->
                            problems.add(name.place(), name.value(), "another step of this stage has this name"));
        }
    }

    private void cycles() {
        Set<String> done = new HashSet<>();
        for (String start : graph.stages().keySet()) {
            walk(start, new ArrayList<>(), done);
        }
    }

    private void walk(String stage, List<String> path, Set<String> done) {
        int position = path.indexOf(stage);
        if (position >= 0) {
            report(path.subList(position, path.size()));
            return;
        }
        if (!done.add(stage)) {
            return;
        }
        path.add(stage);
        for (Graph.Edge edge : graph.into(stage)) {
            walk(edge.from().stage(), path, done);
        }
        path.removeLast();
    }

    /** @param circle each stage reads the next one, the last reads the first */
    private void report(List<String> circle) {
        String first = circle.getFirst();
        String read = circle.size() == 1 ? first : circle.get(1);
        List<String> downstream = new ArrayList<>(List.of(first));
        downstream.addAll(circle.subList(1, circle.size()).reversed());
        downstream.add(first);
        graph.into(first).stream()
                .filter(edge -> edge.from().stage().equals(read))
                .findFirst()
                .ifPresent(edge -> problems.add(
                        edge.input().from().place(),
                        edge.input().from().value(),
                        "the stages go round in a circle: " + String.join(" → ", downstream)));
    }

    private void deadLetters() {
        for (StageSpec stage : graph.stages().values()) {
            boolean read = graph.stages().keySet().stream()
                    .flatMap(reader -> graph.into(reader).stream())
                    .anyMatch(edge -> edge.from().equals(new Endpoint(stage.label(), Stage.DEAD_LETTERS)));
            if (!read) {
                policies(stage).stream()
                        .filter(policy -> policy.value() == OnError.DEAD_LETTER)
                        .forEach(policy -> problems.add(
                                policy.place(),
                                "deadLetter",
                                "nobody reads the dead letters of this stage",
                                Optional.of("add a stage with inputs: [{from: " + stage.label() + "."
                                        + Stage.DEAD_LETTERS + "}]")));
            }
        }
    }

    /** The error policies of a stage's source and steps. */
    public static List<Located<OnError>> policies(StageSpec stage) {
        List<Located<OnError>> policies = new ArrayList<>();
        stage.source().ifPresent(source -> policies.add(source.onError()));
        stage.steps().forEach(step -> policies.add(step.head().onError()));
        return policies;
    }
}

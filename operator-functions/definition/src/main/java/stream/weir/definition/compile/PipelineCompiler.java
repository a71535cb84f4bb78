package stream.weir.definition.compile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.PipelineProblems;
import stream.weir.api.pipeline.Stage;
import stream.weir.definition.check.Graph;
import stream.weir.definition.check.GraphCheck;
import stream.weir.definition.problem.Place;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.PipelineReader;
import stream.weir.definition.spec.PipelineSpec;
import stream.weir.definition.spec.StageSpec;
import stream.weir.definition.yaml.Cursor;

/** Makes the model of a document. */
public final class PipelineCompiler {
    private final Extensions extensions;
    private final Path folder;
    private final Problems problems;

    /** @param folder where relative paths start */
    public PipelineCompiler(Extensions extensions, Path folder, Problems problems) {
        this.extensions = extensions;
        this.folder = folder;
        this.problems = problems;
    }

    /** A sound file as it is written, and what it comes to. */
    public record Compiled(PipelineSpec spec, Pipeline pipeline) {}

    /** The pipeline; empty where there are problems. */
    public Optional<Compiled> compile(Cursor root) {
        return new PipelineReader(folder, extensions.names()).read(root).flatMap(spec -> compile(spec)
                .map(pipeline -> new Compiled(spec, pipeline)));
    }

    /** Adds all problems that can be seen without the connectors and functions that a file names. */
    public static void check(PipelineSpec spec, Problems problems) {
        Graph graph = Graph.of(spec);
        GraphCheck.check(spec, graph, problems);
        new EdgeRules(graph, problems).check(spec.name());
        StageOutlook outlook = new StageOutlook(graph, problems);
        Map<String, CompiledStage> seen = new HashMap<>();
        for (StageSpec stage : graph.order().orElse(List.of())) {
            seen.put(stage.label(), outlook.check(stage, seen));
        }
    }

    private Optional<Pipeline> compile(PipelineSpec spec) {
        Graph graph = Graph.of(spec);
        GraphCheck.check(spec, graph, problems);
        new EdgeRules(graph, problems).check(spec.name());
        StageCompiler compiler = new StageCompiler(extensions, folder, graph, problems);
        Map<String, CompiledStage> compiled = new HashMap<>();
        for (StageSpec stage : graph.order().orElse(List.of())) {
            compiled.put(stage.label(), compiler.compile(stage, compiled));
        }
        return problems.isEmpty()
                ? Optional.of(pipeline(spec, compiled)).filter(this::keepsTheRules)
                : Optional.empty();
    }

    /** The rules of the model hold for files, too. What they find should have been found above, at its place. */
    private boolean keepsTheRules(Pipeline pipeline) {
        PipelineProblems.of(pipeline)
                .forEach(broken -> problems.add(
                        new Place(1, 1, "spec." + broken.path()),
                        broken.value(),
                        broken.why(),
                        broken.nearest().map(name -> "did you mean \"" + name + "\"?")));
        return problems.isEmpty();
    }

    private static Pipeline pipeline(PipelineSpec spec, Map<String, CompiledStage> compiled) {
        List<Stage> stages = new ArrayList<>();
        for (StageSpec stage : spec.stages()) {
            stages.add(Optional.ofNullable(compiled.get(stage.label()))
                    .flatMap(CompiledStage::stage)
                    .orElseThrow(() -> new IllegalStateException(
                            "stage " + stage.label() + " has no problem and was not compiled either")));
        }
        return new Pipeline(
                spec.name(), spec.maxParallelism(), spec.checkpoint(), spec.state(), spec.restoreFrom(), stages);
    }
}

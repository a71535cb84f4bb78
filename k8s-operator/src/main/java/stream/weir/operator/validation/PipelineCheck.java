package stream.weir.operator.validation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineFile.Outlined;
import stream.weir.definition.PipelineFile.Rejected;
import stream.weir.definition.PipelineOutline;
import stream.weir.definition.PipelineOutline.StageOutline;
import stream.weir.definition.problem.Problem;

/**
 * Reads a pipeline file without its connectors and functions, which are in the stages' images, and looks at the graph as a whole.
 * What only an image knows, expressions and options, the processes themselves report.
 */
public final class PipelineCheck {
    /** Where the file will be in the pods; relative paths start there. */
    private static final Path FOLDER = Path.of("/etc/weir");

    private PipelineCheck() {}

    /** What became of it. */
    public sealed interface Result {
        /** The file can be run, as far as one can tell from outside. */
        record Sound(PipelineOutline outline) implements Result {}

        /** @param problems one line each, with its path */
        record Unsound(List<String> problems) implements Result {
            public Unsound {
                problems = List.copyOf(problems);
            }
        }
    }

    public static Result check(String text) {
        return switch (PipelineFile.outline(text, FOLDER)) {
            case Rejected rejected ->
                new Result.Unsound(
                        rejected.problems().stream().map(PipelineCheck::line).toList());
            case Outlined outlined -> graph(outlined.outline());
        };
    }

    private static Result graph(PipelineOutline outline) {
        List<String> problems = new ArrayList<>();
        Map<String, StageOutline> stages = new HashMap<>();
        outline.stages().forEach(stage -> stages.put(stage.name(), stage));
        for (StageOutline stage : outline.stages()) {
            stage.inputs().stream()
                    .map(PipelineCheck::stageOf)
                    .filter(from -> !stages.containsKey(from))
                    .forEach(from -> problems.add("spec.stages[" + stage.name() + "].inputs: there is no stage " + from
                            + "; there is " + stages.keySet().stream().sorted().toList()));
            if (stage.replicas() > outline.maxParallelism()) {
                problems.add("spec.stages[" + stage.name() + "].replicas: " + stage.replicas()
                        + " is more than spec.maxParallelism, " + outline.maxParallelism());
            }
        }
        if (outline.regions().size() > 1) {
            problems.add("spec.stages: durable edges cut this pipeline into the regions "
                    + outline.regions().keySet().stream().sorted().toList()
                    + ", and the operator runs one coordinator for each pipeline: apply each region as a StreamPipeline of"
                    + " its own, the topic as sink of the one and source of the other, or run the regions as services");
        }
        circle(stages)
                .ifPresent(path -> problems.add(
                        "spec.stages: stages read from each other in a circle: " + String.join(" → ", path)));
        return problems.isEmpty() ? new Result.Sound(outline) : new Result.Unsound(problems);
    }

    private static java.util.Optional<List<String>> circle(Map<String, StageOutline> stages) {
        Set<String> done = new HashSet<>();
        for (String stage : stages.keySet().stream().sorted().toList()) {
            List<String> path = new ArrayList<>();
            if (reaches(stage, stages, path, done)) {
                return java.util.Optional.of(path.subList(path.indexOf(path.getLast()), path.size()));
            }
        }
        return java.util.Optional.empty();
    }

    private static boolean reaches(
            String stage, Map<String, StageOutline> stages, List<String> path, Set<String> done) {
        if (path.contains(stage)) {
            path.add(stage);
            return true;
        }
        StageOutline known = stages.get(stage);
        if (known == null || done.contains(stage)) {
            return false;
        }
        path.add(stage);
        for (String from : known.inputs()) {
            if (reaches(stageOf(from), stages, path, done)) {
                return true;
            }
        }
        path.removeLast();
        done.add(stage);
        return false;
    }

    private static String line(Problem problem) {
        String value = problem.value().map(spelled -> "\"" + spelled + "\" — ").orElse("");
        String suggestion = problem.suggestion().map(what -> "; " + what).orElse("");
        return problem.path() + ": " + value + problem.reason() + suggestion;
    }

    private static String stageOf(String from) {
        int dot = from.indexOf('.');
        return dot < 0 ? from : from.substring(0, dot);
    }
}

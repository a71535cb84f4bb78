package stream.weir.operator.validation;

import java.nio.file.Path;
import java.util.List;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.PipelineFile.Outlined;
import stream.weir.definition.PipelineFile.Rejected;
import stream.weir.definition.PipelineOutline;
import stream.weir.definition.problem.Problem;

/**
 * Reads a pipeline file without its connectors and functions, which are in the stages' images: the graph, and the steps as far as
 * the fields of the rows are known. What only an image knows, options and what follows a function, the processes themselves report.
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
        return switch (PipelineFile.checkedOutline(text, FOLDER)) {
            case Rejected rejected ->
                new Result.Unsound(
                        rejected.problems().stream().map(PipelineCheck::line).toList());
            case Outlined outlined -> new Result.Sound(outlined.outline());
        };
    }

    private static String line(Problem problem) {
        String value = problem.value().map(spelled -> "\"" + spelled + "\" — ").orElse("");
        String suggestion = problem.suggestion().map(what -> "; " + what).orElse("");
        return problem.path() + ": " + value + problem.reason() + suggestion;
    }
}

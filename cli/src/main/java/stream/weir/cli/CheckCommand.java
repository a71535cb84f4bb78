package stream.weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.cli.answer.Value;
import stream.weir.definition.PipelineFile;
import stream.weir.definition.problem.Problem;

/** {@code weir check}: all problems of a file at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Checks a pipeline file and prints all its problems, each with line, path, value, reason, and the"
                + " nearest valid name. Starts nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is wrong", "2:the file cannot be read", "3:there are problems"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    private Path file = Path.of("");

    @Mixin
    private UserJars jars = new UserJars();

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            return switch (Pipelines.read(file, jars)) {
                case PipelineFile.Loaded(Pipeline pipeline, var revisions) -> sound(pipeline);
                case PipelineFile.Rejected rejected -> rejected(rejected);
            };
        } catch (IOException e) {
            spec.commandLine().getErr().println("Cannot read " + file + ": " + e);
            return ExitCode.USAGE;
        }
    }

    private int sound(Pipeline pipeline) {
        int replicas = pipeline.stages().stream().mapToInt(Stage::replicas).sum();
        form.print(
                spec.commandLine().getOut(),
                Value.fields()
                        .with("file", file.toString())
                        .with("pipeline", pipeline.name())
                        .with("stages", Value.of(pipeline.stages(), stage -> Value.of(stage.name())))
                        .with("replicas", replicas)
                        .with("problems", new Value.Items(List.of()))
                        .build(),
                List.of(file + " is sound: pipeline " + pipeline.name() + " of "
                        + pipeline.stages().size() + " stages in " + replicas + " replicas"));
        return ExitCode.DONE;
    }

    private int rejected(PipelineFile.Rejected rejected) {
        if (form.isText()) {
            Pipelines.print(rejected, file, spec.commandLine().getErr());
        } else {
            form.print(
                    spec.commandLine().getOut(),
                    Value.fields()
                            .with("file", file.toString())
                            .with("problems", Value.of(rejected.problems(), CheckCommand::value))
                            .build(),
                    List.of());
        }
        return ExitCode.PROBLEMS;
    }

    private static Value value(Problem problem) {
        Value.Builder fields = Value.fields()
                .with("line", problem.line())
                .with("column", problem.column())
                .with("path", problem.path());
        problem.value().ifPresent(value -> fields.with("value", value));
        fields.with("reason", problem.reason());
        problem.suggestion().ifPresent(suggestion -> fields.with("suggestion", suggestion));
        return fields.build();
    }
}

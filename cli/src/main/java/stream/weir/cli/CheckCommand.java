package stream.weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;

/** {@code weir check}: all problems of a file at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Checks a pipeline file and prints all its problems, each with line, path, value, reason, and the nearest"
                        + " valid name. Starts nothing.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:nothing is wrong", "2:the file cannot be read", "3:there are problems"})
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    private Path file = Path.of("");

    @Mixin
    private UserJars jars = new UserJars();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try {
            Optional<Pipeline> pipeline =
                    Pipelines.load(file, jars, spec.commandLine().getErr());
            pipeline.ifPresent(this::summarize);
            return pipeline.isPresent() ? ExitCode.DONE : ExitCode.PROBLEMS;
        } catch (IOException e) {
            spec.commandLine().getErr().println("Cannot read " + file + ": " + e);
            return ExitCode.USAGE;
        }
    }

    private void summarize(Pipeline pipeline) {
        int replicas = pipeline.stages().stream().mapToInt(Stage::replicas).sum();
        spec.commandLine()
                .getOut()
                .println(file + " is sound: pipeline " + pipeline.name() + " of "
                        + pipeline.stages().size() + " stages in " + replicas + " replicas");
    }
}

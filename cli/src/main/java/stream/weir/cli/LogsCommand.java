package stream.weir.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir logs}: what the processes of a pipeline on Kubernetes have written. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description = {
            "Prints the log of a pipeline's processes on Kubernetes, each line with its pod before it.",
            "With -o json each is an object on a line of its own, with yaml a document: pod, container, line."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "1:kubectl has failed", "2:the command line is wrong"})
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            description = "Of this stage only; of the coordinators with --stage coordinator. All stages unless told.")
    private Optional<String> stage = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on.")
    private boolean follow;

    @Option(names = "--since", paramLabel = "DURATION", description = "Only what is younger, as 10m.")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--tail",
            paramLabel = "N",
            description = "The last N lines of each process; 100 unless told, -1 for all.")
    private int tail = 100;

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!target.isPipeline()) {
            throw new IOException(target.text()
                    + " is no name of a pipeline on Kubernetes: processes elsewhere keep their logs themselves");
        }
        int code = form.isText()
                ? target.kubectl().hand(arguments())
                : target.kubectl()
                        .lines(
                                arguments(),
                                line -> form.printNext(spec.commandLine().getOut(), LogLine.of(line)));
        return code == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(
                List.of("logs", "-l", selector(), "--prefix", "--tail=" + tail, "--max-log-requests=50"));
        since.ifPresent(age -> arguments.add("--since=" + age));
        if (follow) {
            arguments.add("--follow");
        }
        return arguments;
    }

    private String selector() {
        String pipeline = "weir.stream/pipeline=" + target.text();
        return stage.map(name -> name.equals("coordinator")
                        ? pipeline + ",app.kubernetes.io/component=coordinator"
                        : pipeline + ",weir.stream/stage=" + name)
                .orElse(pipeline + ",weir.stream/stage");
    }
}

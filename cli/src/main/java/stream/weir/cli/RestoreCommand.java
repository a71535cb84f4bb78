package stream.weir.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Coordinators;

/** {@code weir restore}: a running job goes back. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Lets a running job go back to a checkpoint or savepoint of its own, of whichever branch.",
            "A job that is to start from one: weir run --from-checkpoint, --from-savepoint; on Kubernetes"
                    + " spec.restoreFrom."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the coordinator has accepted it; weir status shows what becomes of it",
            "2:the command line is wrong, or no coordinator answers as leader",
            "4:the coordinator has refused"
        })
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "N|NAME",
            description = "Number of a checkpoint, or name of a savepoint.")
    private String from = "";

    @Option(
            names = "--accept-duplicates",
            description = "Although sinks have committed output since, which is then made again.")
    private boolean acceptDuplicates;

    @Option(names = "--allow-dropped-state", description = "Leave behind state that nothing claims any more.")
    private boolean allowDroppedState;

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Coordinators job = target.job();
        boolean isNumber = from.matches("\\d{1,18}");
        Value asked = Value.fields()
                .with(isNumber ? "checkpoint" : "savepoint", isNumber ? Value.of(Long.parseLong(from)) : Value.of(from))
                .with("acceptDuplicates", Value.of(acceptDuplicates))
                .with("allowDroppedState", Value.of(allowDroppedState))
                .build();
        job.post("restart", asked);
        form.printAccepted(
                spec.commandLine().getOut(),
                "restart",
                asked,
                target.text() + " goes back to " + (isNumber ? "checkpoint " : "savepoint ") + from);
        return ExitCode.DONE;
    }
}

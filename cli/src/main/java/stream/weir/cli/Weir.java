package stream.weir.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code weir} command. */
@Command(
        name = "weir",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Weir, a stream processor: run a pipeline here, look after one that runs elsewhere, look into"
                + " checkpoints.",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            CheckpointsCommand.class,
            SavepointCommand.class,
            StatusCommand.class,
            TopCommand.class,
            LogsCommand.class,
            RestoreCommand.class,
            StopCommand.class,
            GcCommand.class,
            StateCommand.class,
            InitCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done: the input has ended, the pipeline was stopped with a checkpoint, or nothing is wrong",
            "1:the pipeline failed",
            "2:the command line is wrong",
            "3:the pipeline file has problems",
            "4:the start was refused, because of the checkpoints that are there; or a coordinator has refused",
            "5:stopped, but without a last checkpoint"
        })
public final class Weir implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Weir() {}

    public static void main(String[] arguments) {
        Logging.quiet();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Weir())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Failures());
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }
}

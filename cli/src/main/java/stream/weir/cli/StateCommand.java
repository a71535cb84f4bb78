package stream.weir.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir state}: looks into what functions have kept. */
@Command(
        name = "state",
        mixinStandardHelpOptions = true,
        description = "Looks into the state of checkpoints, whether the job runs or not.",
        subcommands = StateReadCommand.class)
final class StateCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: read");
    }
}

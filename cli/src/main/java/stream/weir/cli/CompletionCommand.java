package stream.weir.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir completion}: scripts for shells, made from the commands themselves. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script that lets a shell complete commands and options.",
            "bash: source <(weir completion bash)%n"
                    + "zsh:  source <(weir completion zsh), after compinit%n"
                    + "fish: weir completion fish | source"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "2:the command line is wrong"})
final class CompletionCommand implements Callable<Integer> {
    private static final String ZSH_HEADING = """
        #compdef weir
        autoload -U +X bashcompinit && bashcompinit
        """;

    @Parameters(index = "0", paramLabel = "bash|zsh|fish", description = "Which shell.")
    private Shell shell = Shell.BASH;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Override
    public Integer call() {
        CommandLine weir = spec.commandLine().getParent();
        spec.commandLine()
                .getOut()
                .print(
                        switch (shell) {
                            case BASH -> AutoComplete.bash("weir", weir);
                            case ZSH -> ZSH_HEADING + AutoComplete.bash("weir", weir);
                            case FISH -> FishCompletion.of(weir);
                        });
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}

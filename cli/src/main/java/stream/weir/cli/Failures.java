package stream.weir.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;
import stream.weir.cli.job.RefusedException;
import stream.weir.coordinator.store.InvalidDocumentException;

/** Says what became of a command that did not come to its end. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) throws Exception {
        String what = "Cannot "
                + String.join(" ", command.getCommandSpec().qualifiedName(" ").split(" "))
                        .replaceFirst("^\\S+ ", "");
        return switch (error) {
            case RefusedException refused -> {
                command.getErr().println("Refused: " + refused.reason() + ": " + refused.getMessage());
                yield ExitCode.REFUSED;
            }
            case InvalidDocumentException damaged -> {
                command.getErr().println(damaged.getMessage());
                yield ExitCode.FAILED;
            }
            case IOException failed -> {
                command.getErr().println(what + ": " + Causes.describe(failed));
                yield ExitCode.USAGE;
            }
            default -> throw error;
        };
    }
}

package stream.weir.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Coordinators;

/** {@code weir top}: a table that is painted anew again and again. */
@Command(
        name = "top",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the stages of a running job live: records per second, time at work, blocked and idle, event time,"
                    + " lag.",
            "Ctrl-C ends it; the job goes on."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:ended as asked", "2:the command line is wrong, or no coordinator answers as leader"})
final class TopCommand implements Callable<Integer> {
    private static final String HOME_AND_CLEAR = "\u001b[H\u001b[J";

    @Mixin
    private Target target = new Target();

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Time between two tables; 2 unless told.")
    private int seconds = 2;

    @Option(names = "--count", paramLabel = "N", description = "End after N tables; 0, the default, for never.")
    private int count;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Coordinators job = target.job();
        Console console = System.console();
        boolean isTerminal = console != null && console.isTerminal() && form.isText();
        for (int shown = 0; count == 0 || shown < count; shown++) {
            if (shown > 0) {
                Thread.sleep(Duration.ofSeconds(Math.max(1, seconds)));
            }
            Value status = job.get("status");
            PrintWriter out = spec.commandLine().getOut();
            if (isTerminal) {
                out.print(HOME_AND_CLEAR);
            }
            form.print(out, status, JobText.status(status));
        }
        return ExitCode.DONE;
    }
}

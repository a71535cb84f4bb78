package stream.weir.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Coordinators;
import stream.weir.cli.job.Kubectl;

/** {@code weir stop}: a running job ends. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = {
            "Stops a running job with a last checkpoint, from which a start goes on. A pipeline on Kubernetes gets"
                    + " spec.suspend: true, so that it rests until that is false again.",
            "With --drain its input ends where it is instead: windows that are open close, their rows are committed, the"
                    + " job completes, and nothing is left to go on with."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is accepted; weir status shows what becomes of it",
            "2:the command line is wrong, or no coordinator answers as leader",
            "4:the coordinator has refused"
        })
final class StopCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Option(names = "--drain", description = "End the input where it is, and let the job complete.")
    private boolean drain;

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        if (target.isPipeline() && !drain) {
            suspend(target.kubectl(), target.text());
        } else {
            Value mode = Value.fields().with("mode", mode()).build();
            for (Coordinators job : target.jobs()) {
                job.post("stop", mode);
            }
        }
        form.printAccepted(
                spec.commandLine().getOut(),
                "mode",
                Value.of(mode()),
                target.text() + (drain ? " ends its input, and completes" : " stops with a last checkpoint"));
        return ExitCode.DONE;
    }

    private String mode() {
        return drain ? "DRAIN" : "CHECKPOINT";
    }

    /** The operator starts a job again that has stopped by itself. */
    static void suspend(Kubectl kubectl, String pipeline) throws IOException {
        Value patch = Value.fields()
                .with("spec", Value.fields().with("suspend", Value.of(true)).build())
                .build();
        kubectl.text(List.of("patch", "streampipeline/" + pipeline, "--type", "merge", "-p", Json.line(patch)));
    }
}

package stream.weir.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Coordinators;

/** {@code weir status}: how a running job is. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says how a job, or each region of it, is: phase, stages and their figures, checkpoints, recoveries, and"
                        + " what stalls.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the job runs, has completed, or was stopped as asked",
            "1:it has failed",
            "2:the command line is wrong, or no coordinator answers as leader",
            "4:the coordinator has refused"
        })
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        List<Value> regions = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Coordinators job : target.jobs()) {
            regions.add(job.get("status"));
            if (regions.size() > 1) {
                lines.add("");
            }
            lines.addAll(JobText.status(regions.getLast()));
        }
        form.print(spec.commandLine().getOut(), regions, lines);
        return regions.stream().anyMatch(job -> job.at("phase").text().equals("FAILED"))
                ? ExitCode.FAILED
                : ExitCode.DONE;
    }
}

package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Coordinators;
import stream.weir.cli.job.RefusedException;
import stream.weir.coordinator.store.InvalidDocumentException;

/** {@code weir checkpoints}: what is stored, and what is in it. */
@Command(
        name = "checkpoints",
        mixinStandardHelpOptions = true,
        description =
                "Lists the checkpoints and savepoints of a pipeline, or shows a checkpoint. Changes nothing; works"
                        + " whether the pipeline runs or not.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:a checkpoint is damaged",
            "2:the file or the store cannot be read, or there is no such checkpoint",
            "3:the pipeline file has problems"
        })
final class CheckpointsCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Parameters(
            index = "1",
            paramLabel = "N",
            arity = "0..1",
            description = "Show this checkpoint, with its replicas and states.")
    private Optional<Long> checkpoint = Optional.empty();

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (!target.isStored()) {
                return checkpoint.isPresent() ? ask(target.job()) : ask(target.jobs());
            }
            List<Stores.Place> places = target.stores(err);
            return places.isEmpty() ? ExitCode.PROBLEMS : show(places);
        } catch (RefusedException e) {
            err.println("Refused: " + e.reason() + ": " + e.getMessage());
            return ExitCode.USAGE;
        } catch (InvalidDocumentException e) {
            err.println(e.getMessage());
            return ExitCode.FAILED;
        } catch (IOException e) {
            err.println("Cannot read " + target.text() + ": " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    /** What a running job tells of one checkpoint. */
    private int ask(Coordinators job) throws IOException {
        Value detail = job.get("checkpoints/" + checkpoint.orElseThrow());
        form.print(spec.commandLine().getOut(), detail, JobText.checkpoint(detail));
        return ExitCode.DONE;
    }

    /** What running jobs tell of all: of each region where there are several. */
    private int ask(List<? extends Coordinators> jobs) throws IOException {
        List<Value> answers = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (Coordinators job : jobs) {
            Value all = job.get("checkpoints");
            Value savepoints = job.get("savepoints");
            Value.Builder answer = Value.fields();
            if (jobs.size() > 1) {
                answer.with("region", job.name());
                lines.add("region " + job.name());
            }
            answers.add(answer.with("checkpoints", all)
                    .with("savepoints", savepoints)
                    .build());
            lines.addAll(JobText.checkpointList(all));
            savepoints.items().forEach(name -> lines.add("savepoint " + name.text()));
        }
        form.print(spec.commandLine().getOut(), answers, lines);
        return ExitCode.DONE;
    }

    /** What is stored, of each region of a file. */
    private int show(List<Stores.Place> places) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (StoredCheckpoints stored = StoredCheckpoints.open(places)) {
            if (form.isText()) {
                return checkpoint.isPresent()
                        ? stored.inspect(
                                checkpoint.get(), out, spec.commandLine().getErr())
                        : stored.list(out);
            }
            List<Value> data = stored.data(checkpoint);
            form.print(out, data, List.of());
            return data.stream().allMatch(StoredText::isSound) ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}

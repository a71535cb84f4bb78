package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Value;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.checkpoint.Manifest;

/** {@code weir savepoint}: a copy of a checkpoint that stays until its owner deletes it. */
@Command(
        name = "savepoint",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a checkpoint to savepoints/NAME/ in the pipeline's folder, with all its files. Of a running job a"
                    + " new checkpoint is taken for it; of what is stored, one that is there is copied, whether the job"
                    + " runs or not.",
            "Weir never deletes it; start from it with: weir run --from-savepoint NAME, or spec.restoreFrom."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the savepoint is there (with --wait 0: it is asked for)",
            "1:the checkpoint is damaged, there is another savepoint of that name, or it is not there in time",
            "2:the file or the store cannot be read, or there is no such checkpoint",
            "3:the pipeline file has problems"
        })
final class SavepointCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Parameters(index = "1", paramLabel = "NAME", description = "Small letters, digits and '-'.")
    private String name = "";

    @Option(
            names = "--checkpoint",
            paramLabel = "N",
            description = "Of what is stored: copy checkpoint N instead of the newest.")
    private Optional<Long> checkpoint = Optional.empty();

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Of a running job: wait so long until it is there; 300 unless told.")
    private int patience = 300;

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<String> problem = Savepoints.problemWith(name);
            if (problem.isPresent()) {
                throw new IOException(problem.get());
            }
            if (!target.isStored()) {
                return ask();
            }
            Optional<Stores.Place> place = target.store(err);
            return place.isPresent() ? make(place.get()) : ExitCode.PROBLEMS;
        } catch (InvalidDocumentException e) {
            err.println(e.getMessage());
            return ExitCode.FAILED;
        } catch (IOException e) {
            err.println("Cannot make savepoint " + name + " of " + target.text() + ": " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int ask() throws IOException, InterruptedException {
        SavepointWish wish = new SavepointWish(name, Duration.ofSeconds(patience));
        SavepointWish.Outcome outcome =
                target.isPipeline() ? wish.ask(target.kubectl(), target.text()) : wish.ask(target.job());
        boolean isMade = outcome == SavepointWish.Outcome.MADE;
        form.print(
                spec.commandLine().getOut(),
                Value.fields()
                        .with("savepoint", name)
                        .with("state", isMade ? "Completed" : "Pending")
                        .build(),
                List.of("Savepoint " + name + (isMade ? " is there" : " is asked for, and not there yet")));
        return isMade || patience == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private int make(Stores.Place place) throws IOException {
        Stores.requireFolder(place);
        try (CheckpointFolder folder = CheckpointFolder.open(place)) {
            Manifest chosen = choose(folder.checkpoints());
            switch (folder.savepoints().make(name, chosen)) {
                case DONE -> {
                    form.print(
                            spec.commandLine().getOut(),
                            Value.fields()
                                    .with("savepoint", name)
                                    .with("checkpoint", chosen.checkpoint())
                                    .build(),
                            List.of("Savepoint " + name + " is checkpoint " + chosen.checkpoint()));
                    return ExitCode.DONE;
                }
                case NAME_TAKEN -> {
                    spec.commandLine()
                            .getErr()
                            .println("There is another savepoint " + name + ", which was not touched: choose a name of"
                                    + " its own, or delete that one's folder");
                    return ExitCode.FAILED;
                }
            }
            throw new IllegalStateException("not reached");
        }
    }

    private Manifest choose(CheckpointStore store) throws IOException {
        List<Long> candidates =
                checkpoint.map(List::of).orElse(store.checkpoints().reversed());
        for (long id : candidates) {
            if (store.checkpoint(id).orElse(null) instanceof Entry.Complete(Manifest manifest)) {
                return manifest;
            }
        }
        throw new IOException(
                checkpoint.isPresent()
                        ? "there is no complete checkpoint " + checkpoint.get() + "; there are entries "
                                + store.checkpoints()
                        : "no checkpoint is complete; there are entries " + store.checkpoints());
    }
}

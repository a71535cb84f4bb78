package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
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
            "Copies a checkpoint to savepoints/NAME/ in the pipeline's folder, with all its files.",
            "Weir never deletes it. The pipeline need not run; start from it with: weir run --from-savepoint NAME."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the savepoint is there",
            "1:the checkpoint is damaged, or there is another savepoint of that name",
            "2:the file or the store cannot be read, or there is no such checkpoint",
            "3:the pipeline file has problems"
        })
final class SavepointCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            paramLabel = "FILE|URI",
            description = "The pipeline file, or the folder of its checkpoints as file:DIR/PIPELINE.")
    private String target = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Small letters, digits and '-'.")
    private String name = "";

    @Option(names = "--checkpoint", paramLabel = "N", description = "Copy checkpoint N instead of the newest.")
    private Optional<Long> checkpoint = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<String> problem = Savepoints.problemWith(name);
            if (problem.isPresent()) {
                throw new IOException(problem.get());
            }
            Optional<Stores.Place> place = Stores.place(target, err);
            return place.isPresent() ? make(place.get()) : ExitCode.PROBLEMS;
        } catch (InvalidDocumentException e) {
            err.println(e.getMessage());
            return ExitCode.FAILED;
        } catch (IOException e) {
            err.println("Cannot make savepoint " + name + " of " + target + ": " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int make(Stores.Place place) throws IOException {
        Stores.requireFolder(place);
        try (CheckpointFolder folder = CheckpointFolder.open(place)) {
            Manifest chosen = choose(folder.checkpoints());
            switch (folder.savepoints().make(name, chosen)) {
                case DONE -> {
                    spec.commandLine().getOut().println("Savepoint " + name + " is checkpoint " + chosen.checkpoint());
                    spec.commandLine().getOut().flush();
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

package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;
import stream.weir.cli.answer.Yaml;
import stream.weir.cli.state.StoredState;
import stream.weir.coordinator.store.InvalidDocumentException;

/** {@code weir state read}: a state, entry by entry. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a state of a checkpoint or savepoint as lines of JSON, an entry on each: key, value, key group, replica;"
                    + " windows with their time, timers with theirs.",
            "Reads the store alone: the pipeline's code is not needed, and need not run. Which states there are: weir"
                    + " checkpoints TARGET N."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:printed",
            "1:the checkpoint is damaged",
            "2:the command line is wrong, the store cannot be read, or there is no such checkpoint, savepoint or state",
            "3:the pipeline file has problems"
        })
final class StateReadCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Parameters(index = "1", paramLabel = "N|newest|NAME", description = "Which checkpoint, or which savepoint.")
    private String snapshot = StoredSnapshot.NEWEST;

    @Parameters(index = "2", paramLabel = "STAGE", description = "Which stage.")
    private String stage = "";

    @Parameters(index = "3", paramLabel = "STEP/STATE", description = "Which state of it.")
    private String state = "";

    @Option(
            names = "--key",
            paramLabel = "JSON",
            description = "Only the entries of this key, written as they are printed.")
    private Optional<String> key = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", description = "At most N entries; 0, the default, for all.")
    private long limit;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "json (a line for each entry, the default) or yaml (a document for each).")
    private Form form = Form.JSON;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private enum Form {
        JSON,
        YAML
    }

    @Override
    public Integer call() throws IOException, InvalidDocumentException {
        Optional<Stores.Place> place = target.store(spec.commandLine().getErr());
        if (place.isEmpty()) {
            return ExitCode.PROBLEMS;
        }
        Stores.requireFolder(place.get());
        Optional<Value> only = key.isPresent() ? Optional.of(Json.read(key.get())) : Optional.empty();
        Path scratch = Files.createTempDirectory("weir-state-");
        try (StoredSnapshot from = StoredSnapshot.open(place.get(), snapshot)) {
            StoredState stored = StoredState.of(from.manifest(), stage, state);
            AtomicLong printed = new AtomicLong();
            stored.read(from.objects(), scratch, entry -> {
                if (only.map(entry.at("key")::equals).orElse(true)) {
                    print(entry);
                    return limit == 0 || printed.incrementAndGet() < limit;
                }
                return true;
            });
            spec.commandLine().getOut().flush();
        } finally {
            delete(scratch);
        }
        return ExitCode.DONE;
    }

    private void print(Value entry) {
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case JSON -> out.println(Json.line(entry));
            case YAML -> {
                out.println("---");
                out.print(Yaml.of(entry));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}

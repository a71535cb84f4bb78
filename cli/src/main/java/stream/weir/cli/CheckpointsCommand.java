package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;

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
    private static final String REGION = "region ";
    private static final String FORMAT = "%10s  %-10s %5s %5s  %-20s %10s %12s %12s %9s";
    private static final String HEADING = String.format(
            Locale.ROOT,
            FORMAT,
            "CHECKPOINT",
            "KIND",
            "RUN",
            "TERM",
            "CREATED",
            "DURATION",
            "STATE",
            "NEW",
            "REPLICAS");

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
            List<Stores.Place> places = having(target.stores(err));
            if (places.isEmpty()) {
                return ExitCode.PROBLEMS;
            }
            return form.isText() ? show(places) : showData(places);
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
                lines.add(REGION + job.name());
            }
            answers.add(answer.with("checkpoints", all)
                    .with("savepoints", savepoints)
                    .build());
            lines.addAll(JobText.checkpointList(all));
            savepoints.items().forEach(name -> lines.add("savepoint " + name.text()));
        }
        form.print(
                spec.commandLine().getOut(),
                answers.size() == 1 ? answers.getFirst() : Value.of(answers, answer -> answer),
                lines);
        return ExitCode.DONE;
    }

    /** Of several regions those that have the checkpoint that is asked for; one that says that it has not where none has. */
    private List<Stores.Place> having(List<Stores.Place> places) throws IOException {
        if (checkpoint.isEmpty() || places.size() < 2) {
            return places;
        }
        List<Stores.Place> those = new ArrayList<>();
        for (Stores.Place place : places) {
            Stores.requireFolder(place);
            try (CheckpointFolder folder = CheckpointFolder.open(place)) {
                if (folder.checkpoints().checkpoints().contains(checkpoint.get())) {
                    those.add(place);
                }
            }
        }
        return those.isEmpty() ? List.of(places.getFirst()) : those;
    }

    /** As data: a list where there are several regions. */
    private int showData(List<Stores.Place> places) throws IOException {
        List<Value> all = new ArrayList<>();
        int code = ExitCode.DONE;
        for (Stores.Place place : places) {
            Value stored = stored(place);
            code = StoredText.isSound(stored) ? code : ExitCode.FAILED;
            Value.Builder answer = Value.fields();
            if (places.size() > 1) {
                answer.with("region", place.pipeline());
            }
            stored.entries().forEach(answer::with);
            all.add(answer.build());
        }
        form.print(
                spec.commandLine().getOut(), all.size() == 1 ? all.getFirst() : Value.of(all, each -> each), List.of());
        return code;
    }

    private Value stored(Stores.Place place) throws IOException {
        Stores.requireFolder(place);
        try (CheckpointFolder folder = CheckpointFolder.open(place)) {
            return checkpoint.isPresent()
                    ? StoredText.checkpoint(folder.checkpoints(), checkpoint.get())
                    : StoredText.all(folder);
        }
    }

    /** As text, of each region of a file. */
    private int show(List<Stores.Place> places) throws IOException {
        int code = ExitCode.DONE;
        for (Stores.Place place : places) {
            if (places.size() > 1) {
                spec.commandLine().getOut().println(REGION + place.pipeline());
            }
            code = Math.max(code, show(place));
        }
        return code;
    }

    private int show(Stores.Place place) throws IOException {
        Stores.requireFolder(place);
        try (CheckpointFolder folder = CheckpointFolder.open(place)) {
            return checkpoint.isPresent()
                    ? inspect(folder.checkpoints(), checkpoint.get())
                    : Math.max(list(folder.checkpoints()), listSavepoints(folder.savepoints()));
        }
    }

    /** Below the checkpoints; nothing where there are none. */
    private int listSavepoints(Savepoints savepoints) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int code = ExitCode.DONE;
        for (String name : savepoints.names()) {
            try {
                out.println("savepoint " + name + ": "
                        + savepoints
                                .read(name)
                                .map(manifest ->
                                        "checkpoint " + manifest.checkpoint() + " of run " + manifest.run() + ", "
                                                + Instant.ofEpochSecond(manifest.createdAtMillis() / 1000) + ", "
                                                + Texts.bytes(Progress.stateBytes(manifest)))
                                .orElse("gone meanwhile"));
            } catch (InvalidDocumentException e) {
                out.println("savepoint " + name + ": DAMAGED: " + e.getMessage());
                code = ExitCode.FAILED;
            }
        }
        out.flush();
        return code;
    }

    private int list(CheckpointStore store) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(HEADING);
        int code = ExitCode.DONE;
        for (long id : store.checkpoints()) {
            try {
                out.println(line(id, store.checkpoint(id)));
            } catch (InvalidDocumentException e) {
                out.println(String.format(Locale.ROOT, "%10d  DAMAGED: %s", id, e.getMessage()));
                code = ExitCode.FAILED;
            }
        }
        out.flush();
        return code;
    }

    private static String line(long id, Optional<Entry> entry) {
        return switch (entry.orElse(null)) {
            case null -> String.format(Locale.ROOT, "%10d  gone meanwhile", id);
            case Entry.Aborted aborted -> String.format(Locale.ROOT, "%10d  aborted by term %d", id, aborted.term());
            case Entry.Complete(Manifest manifest) ->
                String.format(
                        Locale.ROOT,
                        FORMAT,
                        id,
                        manifest.isFinal() ? "FINAL" : manifest.kind(),
                        manifest.run(),
                        manifest.term(),
                        Instant.ofEpochSecond(manifest.createdAtMillis() / 1000),
                        Texts.duration(Duration.ofMillis(manifest.durationMillis())),
                        Texts.bytes(Progress.stateBytes(manifest)),
                        Texts.bytes(manifest.uploadedBytes()),
                        manifest.replicas().size());
        };
    }

    private int inspect(CheckpointStore store, long id) throws IOException {
        Optional<Entry> entry = store.checkpoint(id);
        PrintWriter out = spec.commandLine().getOut();
        if (entry.isEmpty()) {
            spec.commandLine().getErr().println("There is no checkpoint " + id + "; there are " + store.checkpoints());
            return ExitCode.USAGE;
        }
        out.println(HEADING);
        out.println(line(id, entry));
        if (entry.get() instanceof Entry.Complete(Manifest manifest)) {
            out.println();
            manifest.replicas().forEach(replica -> out.println(replicaLine(replica)));
            out.println();
            List<CheckpointView.StateView> sizes = CheckpointView.of(manifest).states();
            manifest.stages().forEach(stage -> stageLines(stage, sizes, out));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static String replicaLine(ReplicaSnapshot replica) {
        return String.format(
                Locale.ROOT,
                "%s-%d: key groups %d to %d%s, %s of state (%s new); barrier after %s, aligned in %s%s, captured in %s,"
                        + " stored in %s, acknowledged after %s",
                replica.stage(),
                replica.replica(),
                replica.keyGroups().first(),
                replica.keyGroups().last(),
                replica.finished() ? ", finished" : "",
                Texts.bytes(replica.times().stateBytes()),
                Texts.bytes(replica.times().uploadedBytes()),
                Texts.duration(Duration.ofNanos(replica.times().barrierNanos())),
                Texts.duration(Duration.ofNanos(replica.times().alignmentNanos())),
                replica.times().lastInput().isEmpty()
                        ? ""
                        : " (last: " + replica.times().lastInput() + ")",
                Texts.duration(Duration.ofNanos(replica.times().captureNanos())),
                Texts.duration(Duration.ofNanos(replica.times().uploadNanos())),
                Texts.duration(Duration.ofNanos(replica.times().acknowledgedNanos())));
    }

    private static void stageLines(StageSchema stage, List<CheckpointView.StateView> sizes, PrintWriter out) {
        stage.states()
                .forEach(state -> out.println(stage.stage() + "/" + state.state() + ": " + state.kind() + " "
                        + state.schema() + size(stage.stage(), state.state(), sizes)));
    }

    private static String size(String stage, String state, List<CheckpointView.StateView> sizes) {
        return sizes.stream()
                .filter(each -> each.stage().equals(stage) && each.state().equals(state))
                .findFirst()
                .map(each -> (each.estimated() ? ", about " : ", ") + Texts.bytes(each.bytes()))
                .orElse("");
    }
}

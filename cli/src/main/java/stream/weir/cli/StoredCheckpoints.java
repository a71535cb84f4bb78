package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import stream.weir.cli.answer.Value;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.savepoint.Savepoints;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;

/** The checkpoints and savepoints of one pipeline, or of each region of it, straight from the store; each folder is opened once. */
final class StoredCheckpoints implements AutoCloseable {
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

    private final List<CheckpointFolder> folders;

    private StoredCheckpoints(List<CheckpointFolder> folders) {
        this.folders = folders;
    }

    /** @throws IOException when one of them is not there, or cannot be opened */
    static StoredCheckpoints open(List<Stores.Place> places) throws IOException {
        StoredCheckpoints opened = new StoredCheckpoints(new ArrayList<>());
        try {
            for (Stores.Place place : places) {
                Stores.requireFolder(place);
                opened.folders.add(CheckpointFolder.open(place));
            }
            return opened;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Prints all that there is, of each region; gives the command's exit code. */
    int list(PrintWriter out) throws IOException {
        int code = ExitCode.DONE;
        for (CheckpointFolder folder : folders) {
            heading(folders, folder, out);
            code = Math.max(code, list(folder.checkpoints(), out));
            code = Math.max(code, listSavepoints(folder.savepoints(), out));
        }
        return code;
    }

    /** Prints one checkpoint, of each region that has one of that number; gives the command's exit code. */
    int inspect(long id, PrintWriter out, PrintWriter err) throws IOException {
        int code = ExitCode.DONE;
        List<CheckpointFolder> those = having(id);
        for (CheckpointFolder folder : those) {
            heading(those, folder, out);
            code = Math.max(code, inspect(folder.checkpoints(), id, out, err));
        }
        return code;
    }

    /**
     * What there is, as data of each region.
     *
     * @param checkpoint this one alone, of the regions that have it
     */
    List<Value> data(Optional<Long> checkpoint) throws IOException {
        List<Value> all = new ArrayList<>();
        List<CheckpointFolder> those = checkpoint.isPresent() ? having(checkpoint.get()) : folders;
        for (CheckpointFolder folder : those) {
            Value stored = checkpoint.isPresent()
                    ? StoredText.checkpoint(folder.checkpoints(), checkpoint.get())
                    : StoredText.all(folder);
            Value.Builder answer = Value.fields();
            if (those.size() > 1) {
                answer.with("region", folder.pipeline());
            }
            stored.entries().forEach(answer::with);
            all.add(answer.build());
        }
        return all;
    }

    @Override
    public void close() {
        folders.forEach(CheckpointFolder::close);
    }

    /** Of several regions those that have it; where none has, one that says so. */
    private List<CheckpointFolder> having(long id) throws IOException {
        List<CheckpointFolder> those = new ArrayList<>();
        for (CheckpointFolder folder : folders) {
            if (folder.checkpoints().checkpoints().contains(id)) {
                those.add(folder);
            }
        }
        return those.isEmpty() ? folders.subList(0, 1) : those;
    }

    private static void heading(List<CheckpointFolder> shown, CheckpointFolder folder, PrintWriter out) {
        if (shown.size() > 1) {
            out.println("region " + folder.pipeline());
        }
    }

    /** Below the checkpoints; nothing where there are none. */
    private static int listSavepoints(Savepoints savepoints, PrintWriter out) throws IOException {
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

    private static int list(CheckpointStore store, PrintWriter out) throws IOException {
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

    private static int inspect(CheckpointStore store, long id, PrintWriter out, PrintWriter err) throws IOException {
        Optional<Entry> entry = store.checkpoint(id);
        if (entry.isEmpty()) {
            err.println("There is no checkpoint " + id + "; there are " + store.checkpoints());
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

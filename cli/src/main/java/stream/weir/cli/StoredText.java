package stream.weir.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stream.weir.cli.answer.Value;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;

/** What is stored, as values for programs. Fields are called as in the coordinator's answers where these have them. */
final class StoredText {
    private static final String DAMAGED = "DAMAGED";

    private StoredText() {}

    static Value all(CheckpointFolder folder) throws IOException {
        List<Value> checkpoints = new ArrayList<>();
        for (long id : folder.checkpoints().checkpoints()) {
            checkpoints.add(entry(folder.checkpoints(), id));
        }
        List<Value> savepoints = new ArrayList<>();
        for (String name : folder.savepoints().names()) {
            savepoints.add(savepoint(folder, name));
        }
        return Value.fields()
                .with("checkpoints", new Value.Items(checkpoints))
                .with("savepoints", new Value.Items(savepoints))
                .build();
    }

    /** Whether nothing in it is damaged. */
    static boolean isSound(Value stored) {
        return stored.at("checkpoints").items().stream().noneMatch(StoredText::isDamaged)
                && stored.at("savepoints").items().stream().noneMatch(StoredText::isDamaged);
    }

    private static boolean isDamaged(Value each) {
        return each.at("status").text().equals(DAMAGED);
    }

    /** @throws IOException when there is no such checkpoint */
    static Value checkpoint(CheckpointStore store, long id) throws IOException {
        Entry entry = store.checkpoint(id).orElseThrow(() -> new IOException("there is no checkpoint " + id));
        Value.Builder detail = Value.fields().with("checkpoint", value(entry));
        if (entry instanceof Entry.Complete(Manifest manifest)) {
            detail.with("replicas", Value.of(manifest.replicas(), StoredText::replica))
                    .with("stages", Value.of(manifest.stages(), StoredText::stage));
        }
        return detail.build();
    }

    private static Value entry(CheckpointStore store, long id) throws IOException {
        try {
            return store.checkpoint(id).map(StoredText::value).orElse(Value.NOTHING);
        } catch (InvalidDocumentException e) {
            return damaged("id", Long.toString(id), e);
        }
    }

    private static Value savepoint(CheckpointFolder folder, String name) throws IOException {
        try {
            return folder.savepoints()
                    .read(name)
                    .map(manifest -> Value.fields()
                            .with("name", name)
                            .with("checkpoint", complete(manifest))
                            .build())
                    .orElse(Value.NOTHING);
        } catch (InvalidDocumentException e) {
            return damaged("name", name, e);
        }
    }

    private static Value damaged(String field, String name, InvalidDocumentException why) {
        return Value.fields()
                .with(field, name)
                .with("status", DAMAGED)
                .with("detail", String.valueOf(why.getMessage()))
                .build();
    }

    private static Value value(Entry entry) {
        return switch (entry) {
            case Entry.Complete(Manifest manifest) -> complete(manifest);
            case Entry.Aborted aborted ->
                Value.fields()
                        .with("id", aborted.checkpoint())
                        .with("status", "ABORTED")
                        .with("term", aborted.term())
                        .build();
        };
    }

    private static Value complete(Manifest manifest) {
        return Value.fields()
                .with("id", manifest.checkpoint())
                .with("status", "COMPLETED")
                .with(
                        "kind",
                        manifest.isFinal()
                                ? "FINAL"
                                : manifest.kind().toString().toUpperCase(Locale.ROOT))
                .with("run", manifest.run())
                .with("term", manifest.term())
                .with("atMillis", manifest.createdAtMillis())
                .with("durationMillis", manifest.durationMillis())
                .with("stateBytes", Progress.stateBytes(manifest))
                .with("uploadedBytes", manifest.uploadedBytes())
                .with("replicas", manifest.replicas().size())
                .build();
    }

    private static Value replica(ReplicaSnapshot replica) {
        SnapshotTimes times = replica.times();
        return Value.fields()
                .with("stage", replica.stage())
                .with("replica", replica.replica())
                .with(
                        "keyGroups",
                        replica.keyGroups().first() + "-" + replica.keyGroups().last())
                .with("finished", Value.of(replica.finished()))
                .with("objects", replica.objects().count())
                .with(
                        "times",
                        Value.fields()
                                .with("barrierNanos", times.barrierNanos())
                                .with("alignmentNanos", times.alignmentNanos())
                                .with("captureNanos", times.captureNanos())
                                .with("uploadNanos", times.uploadNanos())
                                .with("acknowledgedNanos", times.acknowledgedNanos())
                                .with("stateBytes", times.stateBytes())
                                .with("uploadedBytes", times.uploadedBytes())
                                .with("heldBytes", times.heldBytes())
                                .with("lastInput", times.lastInput())
                                .build())
                .with("states", Value.of(replica.states(), size -> Value.fields()
                        .with("state", size.state())
                        .with("bytes", size.bytes())
                        .with("estimated", Value.of(size.estimated()))
                        .build()))
                .build();
    }

    private static Value stage(StageSchema stage) {
        return Value.fields()
                .with("stage", stage.stage())
                .with("parallelism", stage.parallelism())
                .with("states", Value.of(stage.states(), state -> Value.fields()
                        .with("state", state.state())
                        .with("kind", state.kind())
                        .with("schema", state.schema())
                        .build()))
                .build();
    }
}

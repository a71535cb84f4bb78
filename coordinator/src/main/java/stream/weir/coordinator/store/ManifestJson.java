package stream.weir.coordinator.store;

import java.io.IOException;
import java.util.List;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StageSchema.StateSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** What is under {@code checkpoints/}: a manifest, or that there will be none. */
public final class ManifestJson {
    private static final String MANIFEST = "manifest";
    private static final String ABORTED = "aborted";

    private ManifestJson() {}

    public static byte[] write(Entry entry) {
        return switch (entry) {
            case Entry.Complete(Manifest manifest) -> Documents.write(MANIFEST, out -> manifest(out, manifest));
            case Entry.Aborted aborted -> Documents.write(ABORTED, out -> aborted(out, aborted));
        };
    }

    /**
     * @param name of the object, for errors
     * @throws InvalidDocumentException naming the object, the path within it and what is wrong there
     */
    public static Entry read(String name, byte[] content) throws InvalidDocumentException {
        return Documents.read(name, content, ManifestJson::entry, ManifestJson::write);
    }

    private static Entry entry(JsonIn in, String kind) throws IOException {
        return switch (kind) {
            case MANIFEST -> new Entry.Complete(manifest(in));
            case ABORTED -> aborted(in);
            default -> throw in.at("", "a " + kind + ", where a manifest or an aborted checkpoint has to be");
        };
    }

    private static void aborted(JsonOut out, Entry.Aborted aborted) throws IOException {
        out.text("pipeline", aborted.pipeline());
        out.number("checkpoint", aborted.checkpoint());
        out.number("run", aborted.run());
        out.number("term", aborted.term());
        out.text("reason", aborted.reason().name());
    }

    private static Entry.Aborted aborted(JsonIn in) throws IOException {
        return new Entry.Aborted(
                in.text("pipeline"),
                in.number("checkpoint"),
                in.number("run"),
                in.number("term"),
                in.oneOf("reason", CheckpointFailure.class));
    }

    private static void manifest(JsonOut out, Manifest manifest) throws IOException {
        out.text("pipeline", manifest.pipeline());
        out.number("checkpoint", manifest.checkpoint());
        out.number("run", manifest.run());
        out.number("term", manifest.term());
        out.number("createdAtMillis", manifest.createdAtMillis());
        out.number("durationMillis", manifest.durationMillis());
        out.text("kind", manifest.kind().name());
        out.number("maxParallelism", manifest.maxParallelism());
        out.list("stages", manifest.stages(), ManifestJson::stage);
        out.list("replicas", manifest.replicas(), ManifestJson::replica);
    }

    private static Manifest manifest(JsonIn in) throws IOException {
        return new Manifest(
                in.text("pipeline"),
                in.number("checkpoint"),
                in.number("run"),
                in.number("term"),
                in.number("createdAtMillis"),
                in.number("durationMillis"),
                in.oneOf("kind", CheckpointKind.class),
                in.smallNumber("maxParallelism"),
                in.list("stages", ManifestJson::stage),
                in.list("replicas", ManifestJson::replica));
    }

    private static void stage(JsonOut out, StageSchema stage) throws IOException {
        out.text("stage", stage.stage());
        out.number("parallelism", stage.parallelism());
        out.list("states", stage.states(), (inner, state) -> {
            inner.text("state", state.state());
            inner.text("kind", state.kind());
            inner.text("schema", state.schema());
        });
    }

    private static StageSchema stage(JsonIn in) throws IOException {
        return new StageSchema(
                in.text("stage"),
                in.smallNumber("parallelism"),
                in.list(
                        "states",
                        state -> new StateSchema(state.text("state"), state.text("kind"), state.text("schema"))));
    }

    private static void replica(JsonOut out, ReplicaSnapshot replica) throws IOException {
        out.text("stage", replica.stage());
        out.number("replica", replica.replica());
        keyGroups(out, replica.keyGroups());
        out.truth("finished", replica.finished());
        out.list("keyed", replica.keyed(), ManifestJson::handle);
        out.list("operator", replica.operator(), (state, each) -> {
            state.text("name", each.name());
            state.list("entries", each.entries(), (entry, value) -> {
                entry.text("key", value.key());
                entry.bytes("value", value.value());
            });
        });
        out.object("times", times -> times(times, replica.times()));
        // Manifests from before sizes were known do not have them, and must be written as they were: see Documents.
        if (!replica.states().isEmpty()) {
            out.list("states", replica.states(), ManifestJson::size);
        }
    }

    private static ReplicaSnapshot replica(JsonIn in) throws IOException {
        return new ReplicaSnapshot(
                in.text("stage"),
                in.smallNumber("replica"),
                keyGroups(in),
                in.truth("finished"),
                in.list("keyed", ManifestJson::handle),
                in.list(
                        "operator",
                        state -> new OperatorState(
                                state.text("name"),
                                state.list(
                                        "entries",
                                        entry -> new OperatorState.Entry(entry.text("key"), entry.bytes("value"))))),
                in.object("times", ManifestJson::times),
                in.hasField("states") ? in.list("states", ManifestJson::size) : List.of());
    }

    private static void size(JsonOut out, StateSize size) throws IOException {
        out.text("state", size.state());
        out.number("bytes", size.bytes());
        out.truth("estimated", size.estimated());
    }

    private static StateSize size(JsonIn in) throws IOException {
        return new StateSize(in.text("state"), in.number("bytes"), in.truth("estimated"));
    }

    private static void keyGroups(JsonOut out, KeyGroupRange range) throws IOException {
        out.object("keyGroups", groups -> {
            groups.number("first", range.first());
            groups.number("last", range.last());
        });
    }

    private static KeyGroupRange keyGroups(JsonIn in) throws IOException {
        return in.object(
                "keyGroups", groups -> new KeyGroupRange(groups.smallNumber("first"), groups.smallNumber("last")));
    }

    private static void handle(JsonOut out, StateHandle handle) throws IOException {
        out.text(
                "type",
                switch (handle) {
                    case StateHandle.Inline inline -> "inline";
                    case StateHandle.TableFile file -> "tableFile";
                    case StateHandle.RocksDb rocksDb -> "rocksDb";
                });
        keyGroups(out, handle.keyGroups());
        switch (handle) {
            case StateHandle.Inline inline -> out.bytes("content", inline.content());
            case StateHandle.TableFile file -> object(out, file.object());
            case StateHandle.RocksDb rocksDb ->
                out.list("files", rocksDb.files(), (file, each) -> {
                    file.text("path", each.path());
                    object(file, each.object());
                });
        }
    }

    private static StateHandle handle(JsonIn in) throws IOException {
        String type = in.text("type");
        KeyGroupRange range = keyGroups(in);
        return switch (type) {
            case "inline" -> new StateHandle.Inline(range, in.bytes("content"));
            case "tableFile" -> new StateHandle.TableFile(range, object(in));
            case "rocksDb" ->
                new StateHandle.RocksDb(
                        range, in.list("files", file -> new StateHandle.RocksDbFile(file.text("path"), object(file))));
            default -> throw in.at("type", "'" + type + "' is none of inline, tableFile, rocksDb");
        };
    }

    private static void object(JsonOut out, StoredObject object) throws IOException {
        out.text("object", object.name());
        out.number("bytes", object.bytes());
        out.checksum("crc32c", object.crc32c());
    }

    private static StoredObject object(JsonIn in) throws IOException {
        return new StoredObject(in.text("object"), in.number("bytes"), in.checksum("crc32c"));
    }

    private static void times(JsonOut out, SnapshotTimes times) throws IOException {
        // Manifests from before there were these two do not have them, and must be written as they were: see Documents.
        out.numberUnlessZero("barrierNanos", times.barrierNanos());
        out.numberUnlessZero("acknowledgedNanos", times.acknowledgedNanos());
        out.number("alignmentNanos", times.alignmentNanos());
        out.number("captureNanos", times.captureNanos());
        out.number("uploadNanos", times.uploadNanos());
        out.number("stateBytes", times.stateBytes());
        out.number("uploadedBytes", times.uploadedBytes());
        out.number("heldBytes", times.heldBytes());
        out.text("lastInput", times.lastInput());
    }

    private static SnapshotTimes times(JsonIn in) throws IOException {
        long barrierNanos = in.numberOrZero("barrierNanos");
        long acknowledgedNanos = in.numberOrZero("acknowledgedNanos");
        return new SnapshotTimes(
                barrierNanos,
                in.number("alignmentNanos"),
                in.number("captureNanos"),
                in.number("uploadNanos"),
                acknowledgedNanos,
                in.number("stateBytes"),
                in.number("uploadedBytes"),
                in.number("heldBytes"),
                in.text("lastInput"));
    }
}

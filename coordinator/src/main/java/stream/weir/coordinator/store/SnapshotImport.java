package stream.weir.coordinator.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.store.ObjectStore;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;

/**
 * Makes a snapshot a checkpoint of this pipeline, so that all later starts find it as they find any other: its files are copied, a
 * run is opened that took nothing but this checkpoint, and the manifest is stored under the next id. Cut off anywhere, there is
 * either the checkpoint or nothing that counts.
 */
final class SnapshotImport {
    private final CheckpointStore store;

    SnapshotImport(CheckpointStore store) {
        this.store = store;
    }

    /** As it is at its place; names of objects are relative to that. */
    Manifest read(SnapshotPlace place) throws StoreException, InvalidDocumentException, StartRefusedException {
        ObjectStore from = storeOf(place);
        String name = manifestOf(place);
        String location = from.location() + "/" + name;
        Optional<byte[]> content = from.read(name, CheckpointStore.MAX_DOCUMENT_BYTES);
        if (content.isPresent() && ManifestJson.read(location, content.get()) instanceof Entry.Complete complete) {
            return complete.manifest();
        }
        throw new StartRefusedException(
                StartRefusal.CHECKPOINT_MISSING,
                "Cannot restore " + place + ": " + location
                        + (content.isPresent() ? " says that it was aborted" : " is not there"));
    }

    /** Copies what the pipeline's folder does not have yet. */
    void copyFiles(SnapshotPlace place, Manifest manifest) throws StoreException {
        Set<String> present = new HashSet<>();
        for (ObjectInfo object : store.objects().list("files/")) {
            present.add(object.name());
        }
        List<String> missing = manifest.objects()
                .map(StoredObject::name)
                .distinct()
                .filter(name -> !present.contains(name))
                .toList();
        for (String name : missing) {
            switch (place) {
                case SnapshotPlace.Savepoint savepoint -> store.objects().copy(savepoint.folder() + name, name);
                case SnapshotPlace.Elsewhere elsewhere -> transfer(elsewhere.folder(), name);
            }
        }
    }

    /**
     * Stores the manifest under an id of this term.
     *
     * @param run that has just been opened, and takes nothing else
     */
    Manifest store(Manifest manifest, RunRecord run) throws StoreException {
        Manifest own = new Manifest(
                store.pipeline(),
                run.firstCheckpoint(),
                run.run(),
                run.term(),
                manifest.createdAtMillis(),
                manifest.durationMillis(),
                CheckpointKind.SAVEPOINT,
                manifest.maxParallelism(),
                manifest.stages(),
                manifest.pipeline().equals(store.pipeline())
                        ? manifest.replicas()
                        : manifest.replicas().stream()
                                .map(SnapshotImport::withoutOutput)
                                .toList());
        StoreResult result = store.putCheckpoint(new Entry.Complete(own));
        if (!(result instanceof StoreResult.Durable)) {
            throw new StoreException(
                    "Cannot create " + store.locationOf(CheckpointStore.checkpointName(own.checkpoint())) + ": "
                            + result,
                    StoreException.Outcome.UNKNOWN);
        }
        return own;
    }

    /** What another pipeline's sinks are to commit is for that pipeline to commit, at its own target. */
    private static ReplicaSnapshot withoutOutput(ReplicaSnapshot replica) {
        return new ReplicaSnapshot(
                replica.stage(),
                replica.replica(),
                replica.keyGroups(),
                replica.finished(),
                replica.keyed(),
                replica.operator().stream()
                        .filter(state -> !state.name().startsWith(OperatorState.OF_SINKS))
                        .toList(),
                replica.times(),
                replica.states());
    }

    /** From now on the branch that begins with {@code run} never starts empty. */
    void mark(RunRecord run) throws StoreException {
        StoreResult result = store.markBranch(run.root());
        if (!(result instanceof StoreResult.Durable)) {
            throw new StoreException(
                    "Cannot mark branch " + run.root() + ": " + result, StoreException.Outcome.UNKNOWN);
        }
    }

    private ObjectStore storeOf(SnapshotPlace place) {
        return switch (place) {
            case SnapshotPlace.Savepoint savepoint -> store.objects();
            case SnapshotPlace.Elsewhere elsewhere -> elsewhere.folder();
        };
    }

    private static String manifestOf(SnapshotPlace place) {
        return switch (place) {
            case SnapshotPlace.Savepoint savepoint -> savepoint.manifest();
            case SnapshotPlace.Elsewhere elsewhere -> elsewhere.manifest();
        };
    }

    /** Between two stores; by way of a file, as an object may be larger than memory. */
    private void transfer(ObjectStore from, String name) throws StoreException {
        try {
            Path file = Files.createTempFile("weir-", ".file");
            try (InputStream in = from.open(name)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                store.objects().upload(name, file);
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new StoreException(
                    "Cannot copy " + from.location() + "/" + name + " to " + store.locationOf(name) + ": " + e,
                    StoreException.Outcome.NOT_APPLIED,
                    e);
        }
    }
}

package stream.weir.coordinator.store;

import java.util.Optional;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/** Reads manifests for those who only look, and neither lead nor restore. */
public final class ManifestReader {
    private ManifestReader() {}

    /**
     * The newest complete checkpoint of the present branch; empty where there is none.
     *
     * @param folder the pipeline's own
     */
    public static Optional<Manifest> newest(ObjectStore folder, String pipeline)
            throws StoreException, InvalidDocumentException {
        CheckpointStore store = CheckpointStore.of(folder, pipeline);
        long run = store.newestRun();
        return run == 0 ? Optional.empty() : store.newestOf(store.branchOf(run));
    }

    /**
     * The manifest of a savepoint or checkpoint.
     *
     * @param name below the folder: {@code manifest.json}, or {@code checkpoints/0000000042.json}
     * @throws InvalidDocumentException when it is not there, or is none
     */
    public static Manifest at(ObjectStore folder, String name) throws StoreException, InvalidDocumentException {
        String location = folder.location() + "/" + name;
        byte[] content = folder.read(name, CheckpointStore.MAX_DOCUMENT_BYTES)
                .orElseThrow(() -> new InvalidDocumentException(location + " is not there"));
        if (ManifestJson.read(location, content) instanceof Entry.Complete(Manifest manifest)) {
            return manifest;
        }
        throw new InvalidDocumentException(location + " says that the checkpoint was aborted");
    }
}

package stream.weir.stage.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.Stores;

/** Folders in the snapshot store of a pipeline. */
final class SnapshotStore {
    private SnapshotStore() {}

    /**
     * The pipeline's own.
     *
     * @param transfers runs parts of large files
     */
    static ObjectStore open(Pipeline pipeline, ExecutorService transfers) throws StoreException {
        String uri = pipeline.checkpoint().snapshots().uri();
        return Stores.open(
                options(pipeline, uri).settings(System.getenv()).resolve(pipeline.name()), environment(transfers));
    }

    /** Any folder, by the same client. */
    static ObjectStore at(Pipeline pipeline, String uri, ExecutorService transfers) throws StoreException {
        return Stores.open(options(pipeline, uri).settings(System.getenv()), environment(transfers));
    }

    private static StoreOptions options(Pipeline pipeline, String uri) {
        Snapshots snapshots = pipeline.checkpoint().snapshots();
        return new StoreOptions(
                uri,
                snapshots.client(),
                snapshots.endpoint(),
                snapshots.region(),
                snapshots.pathStyle() ? Addressing.PATH : Addressing.HOST,
                snapshots.credentialsSecret());
    }

    private static StoreEnvironment environment(ExecutorService transfers) {
        return new StoreEnvironment(
                transfers, Thread::sleep, () -> ThreadLocalRandom.current().nextLong());
    }
}

package stream.weir.service.app;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.definition.PipelineOutline;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.Stores;

/** Folders in the snapshot store of a pipeline. */
final class SnapshotStore {
    private final PipelineOutline pipeline;
    private final ExecutorService transfers;

    /** @param transfers runs parts of large files */
    SnapshotStore(PipelineOutline pipeline, ExecutorService transfers) {
        this.pipeline = pipeline;
        this.transfers = transfers;
    }

    /** The pipeline's own. */
    ObjectStore own() throws StoreException {
        return ofPipeline(pipeline.name());
    }

    /** Another pipeline's in the same place. */
    ObjectStore ofPipeline(String name) throws StoreException {
        return Stores.open(
                options(pipeline.checkpoint().snapshots().uri())
                        .settings(System.getenv())
                        .resolve(name),
                environment());
    }

    /** Any folder, by the same client. */
    ObjectStore at(String uri) throws StoreException {
        return Stores.open(options(uri).settings(System.getenv()), environment());
    }

    private StoreOptions options(String uri) {
        Snapshots snapshots = pipeline.checkpoint().snapshots();
        return new StoreOptions(
                uri,
                snapshots.client(),
                snapshots.endpoint(),
                snapshots.region(),
                snapshots.pathStyle() ? Addressing.PATH : Addressing.HOST,
                snapshots.credentialsSecret());
    }

    private StoreEnvironment environment() {
        return new StoreEnvironment(
                transfers, Thread::sleep, () -> ThreadLocalRandom.current().nextLong());
    }
}

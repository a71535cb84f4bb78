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

/** The pipeline's own folder in its snapshot store. */
final class SnapshotStore {
    private SnapshotStore() {}

    /** @param transfers runs parts of large files */
    static ObjectStore open(PipelineOutline pipeline, ExecutorService transfers) throws StoreException {
        Snapshots snapshots = pipeline.checkpoint().snapshots();
        StoreOptions options = new StoreOptions(
                snapshots.uri(),
                snapshots.client(),
                snapshots.endpoint(),
                snapshots.region(),
                snapshots.pathStyle() ? Addressing.PATH : Addressing.HOST,
                snapshots.credentialsSecret());
        return Stores.open(
                options.settings(System.getenv()).resolve(pipeline.name()),
                new StoreEnvironment(transfers, Thread::sleep, () -> ThreadLocalRandom.current()
                        .nextLong()));
    }
}

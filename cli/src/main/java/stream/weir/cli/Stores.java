package stream.weir.cli;

import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreProbe;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreUri;

/** Opens the store that a pipeline or a URI names. */
final class Stores {
    private static final ExecutorService TRANSFERS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("transfer-", 1).factory());
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private Stores() {}

    /** Where a pipeline's checkpoints are: the folder of all pipelines, and the name of this one. */
    record Place(StoreOptions options, String pipeline) {
        StoreSettings settings() throws StoreException {
            return options.settings(System.getenv()).resolve(pipeline);
        }
    }

    static Place of(Pipeline pipeline) {
        Snapshots snapshots = pipeline.checkpoint().snapshots();
        StoreOptions options = new StoreOptions(
                snapshots.uri(),
                snapshots.client(),
                snapshots.endpoint(),
                snapshots.region(),
                snapshots.pathStyle() ? Addressing.PATH : Addressing.HOST,
                snapshots.credentialsSecret());
        return new Place(options, pipeline.name());
    }

    /** @throws StoreException when it cannot be opened */
    static ObjectStore open(Place place) throws StoreException {
        return stream.weir.store.open.Stores.open(place.settings(), environment());
    }

    /** Looks whether a store that somebody else keeps does what checkpoints need; a folder of this machine does. */
    static void probe(Place place, ObjectStore store) throws StoreException {
        if (place.settings().uri() instanceof StoreUri.Bucket) {
            StoreProbe.check(store, TRANSFERS, UUID.randomUUID().toString());
        }
    }

    private static StoreEnvironment environment() {
        return new StoreEnvironment(TRANSFERS, Thread::sleep, RANDOM);
    }
}

package stream.weir.wiring;

import java.util.Map;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.Stores;

/**
 * Folders in the store that a pipeline's snapshots go to. What is opened is the caller's to close.
 *
 * @param variables environment variables, of which some say how to get there: {@link StoreOptions#settings}
 */
public record SnapshotFolders(Snapshots snapshots, Map<String, String> variables, StoreEnvironment environment) {
    public SnapshotFolders {
        variables = Map.copyOf(variables);
    }

    /** What a pipeline says of its snapshots, to the store. */
    public static StoreOptions options(Snapshots snapshots) {
        return new StoreOptions(
                snapshots.uri(),
                snapshots.client(),
                snapshots.endpoint(),
                snapshots.region(),
                snapshots.pathStyle() ? Addressing.PATH : Addressing.HOST,
                snapshots.credentialsSecret());
    }

    /**
     * The folder of a pipeline: this one's, or another's in the same place.
     *
     * @throws StoreException when it cannot be opened
     */
    public ObjectStore ofPipeline(String name) throws StoreException {
        return Stores.open(options(snapshots).settings(variables).resolve(name), environment);
    }

    /**
     * Any folder, by the same client.
     *
     * @throws StoreException when it cannot be opened
     */
    public ObjectStore at(String uri) throws StoreException {
        return Stores.open(options(snapshots).withUri(uri).settings(variables), environment);
    }
}

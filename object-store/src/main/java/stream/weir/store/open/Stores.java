package stream.weir.store.open;

import java.util.List;
import java.util.ServiceLoader;
import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.directory.DirectoryStore;

/** Opens the store that settings describe. */
public final class Stores {
    private Stores() {}

    /** Opens a store; makes no request to it. To be closed by the caller. */
    public static ObjectStore open(StoreSettings settings, StoreEnvironment environment) throws StoreException {
        return switch (settings.uri()) {
            case StoreUri.Folder folder -> DirectoryStore.open(folder.path());
            case StoreUri.Bucket bucket -> provider(settings).open(settings, environment);
        };
    }

    /** Opens a bucket to read what others have put there; makes no request to it. To be closed by the caller. */
    public static ObjectReader reader(StoreSettings settings, StoreEnvironment environment) throws StoreException {
        if (settings.uri() instanceof StoreUri.Folder) {
            throw new StoreException(
                    "Cannot read " + settings.uri() + " as a bucket: it has to be s3://BUCKET", Outcome.NOT_APPLIED);
        }
        return provider(settings).reader(settings, environment);
    }

    private static ObjectStoreProvider provider(StoreSettings settings) throws StoreException {
        List<ObjectStoreProvider> found = ServiceLoader.load(ObjectStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        return found.stream()
                .filter(provider -> provider.client().equals(settings.client()))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        "Cannot open " + settings.uri() + ": client '" + settings.client()
                                + "' is not on the class path, only "
                                + found.stream()
                                        .map(ObjectStoreProvider::client)
                                        .toList()
                                + "; 'aws' is in weir-object-store-s3, 'minio' in weir-object-store-minio",
                        Outcome.NOT_APPLIED));
    }
}

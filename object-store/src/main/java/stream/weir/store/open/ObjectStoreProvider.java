package stream.weir.store.open;

import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/** Opens stores in buckets; found by {@link java.util.ServiceLoader}, so that nothing else has to know its client. */
public interface ObjectStoreProvider {
    /** The word for it in settings. */
    String client();

    /**
     * Opens a store; makes no request.
     *
     * @param settings whose URI is a {@link StoreUri.Bucket}
     */
    ObjectStore open(StoreSettings settings, StoreEnvironment environment) throws StoreException;

    /** As {@link #open}, to read what others have put into the bucket, whatever the prefix of the URI. */
    ObjectReader reader(StoreSettings settings, StoreEnvironment environment) throws StoreException;
}

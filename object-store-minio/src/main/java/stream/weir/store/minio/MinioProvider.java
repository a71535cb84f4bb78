package stream.weir.store.minio;

import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;
import stream.weir.store.bucket.BucketLimits;
import stream.weir.store.bucket.BucketStore;
import stream.weir.store.open.ObjectStoreProvider;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreUri;

/** The client {@code minio}. */
public final class MinioProvider implements ObjectStoreProvider {
    @Override
    public String client() {
        return "minio";
    }

    @Override
    public ObjectStore open(StoreSettings settings, StoreEnvironment environment) throws StoreException {
        StoreUri.Bucket uri = (StoreUri.Bucket) settings.uri();
        if (settings.endpoint().isEmpty()) {
            throw new StoreException(
                    "Cannot open " + uri + " with client 'minio': set checkpoint.snapshots.endpoint, http://HOST:PORT",
                    Outcome.NOT_APPLIED,
                    StoreFailure.WRONG_PLACE);
        }
        String endpoint = settings.endpoint().get().toString();
        return BucketStore.open(
                MinioClients.of(settings, endpoint), uri, endpoint, BucketLimits.IN_MEMORY, environment);
    }
}

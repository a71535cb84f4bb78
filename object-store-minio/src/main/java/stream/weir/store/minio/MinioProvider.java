package stream.weir.store.minio;

import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;
import stream.weir.store.bucket.BucketLimits;
import stream.weir.store.bucket.BucketReader;
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
        String endpoint = endpoint(settings);
        return BucketStore.open(
                MinioClients.of(settings, endpoint), uri, endpoint, BucketLimits.IN_MEMORY, environment);
    }

    @Override
    public ObjectReader reader(StoreSettings settings, StoreEnvironment environment) throws StoreException {
        StoreUri.Bucket uri = (StoreUri.Bucket) settings.uri();
        String endpoint = endpoint(settings);
        return BucketReader.open(
                MinioClients.of(settings, endpoint),
                "s3://" + uri.bucket(),
                endpoint,
                BucketLimits.IN_MEMORY,
                environment);
    }

    private static String endpoint(StoreSettings settings) throws StoreException {
        if (settings.endpoint().isEmpty()) {
            throw new StoreException(
                    "Cannot open " + settings.uri()
                            + " with client 'minio': set endpoint (of snapshots: checkpoint.snapshots.endpoint), http://HOST:PORT",
                    Outcome.NOT_APPLIED,
                    StoreFailure.WRONG_PLACE);
        }
        return settings.endpoint().get().toString();
    }
}

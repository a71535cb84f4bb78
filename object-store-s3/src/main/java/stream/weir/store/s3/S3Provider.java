package stream.weir.store.s3;

import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.bucket.BucketLimits;
import stream.weir.store.bucket.BucketStore;
import stream.weir.store.open.ObjectStoreProvider;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreUri;

/** The client {@code aws}. */
public final class S3Provider implements ObjectStoreProvider {
    @Override
    public String client() {
        return "aws";
    }

    @Override
    public ObjectStore open(StoreSettings settings, StoreEnvironment environment) throws StoreException {
        return open(settings, environment, BucketLimits.DEFAULT);
    }

    static ObjectStore open(StoreSettings settings, StoreEnvironment environment, BucketLimits limits)
            throws StoreException {
        StoreUri.Bucket uri = (StoreUri.Bucket) settings.uri();
        String endpoint = settings.endpoint().map(Object::toString).orElse("Amazon S3");
        return BucketStore.open(
                new S3BucketClient(S3Clients.of(settings), uri.bucket()), uri, endpoint, limits, environment);
    }
}

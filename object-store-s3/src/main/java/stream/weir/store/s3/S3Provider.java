package stream.weir.store.s3;

import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.bucket.BucketLimits;
import stream.weir.store.bucket.BucketReader;
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

    @Override
    public ObjectReader reader(StoreSettings settings, StoreEnvironment environment) throws StoreException {
        StoreUri.Bucket uri = (StoreUri.Bucket) settings.uri();
        return BucketReader.open(
                new S3BucketClient(S3Clients.of(settings), uri.bucket()),
                "s3://" + uri.bucket(),
                endpoint(settings),
                BucketLimits.DEFAULT,
                environment);
    }

    private static String endpoint(StoreSettings settings) {
        return settings.endpoint().map(Object::toString).orElse("Amazon S3");
    }

    static ObjectStore open(StoreSettings settings, StoreEnvironment environment, BucketLimits limits)
            throws StoreException {
        StoreUri.Bucket uri = (StoreUri.Bucket) settings.uri();
        return BucketStore.open(
                new S3BucketClient(S3Clients.of(settings), uri.bucket()), uri, endpoint(settings), limits, environment);
    }
}

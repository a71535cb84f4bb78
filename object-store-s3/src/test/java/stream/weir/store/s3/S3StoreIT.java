package stream.weir.store.s3;

import stream.weir.store.bucket.BucketStoreContract;

final class S3StoreIT extends BucketStoreContract {
    S3StoreIT() {
        super("aws");
    }
}

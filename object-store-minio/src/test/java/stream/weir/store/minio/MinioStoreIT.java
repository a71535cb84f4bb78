package stream.weir.store.minio;

import stream.weir.store.bucket.BucketStoreContract;

final class MinioStoreIT extends BucketStoreContract {
    MinioStoreIT() {
        super("minio");
    }
}

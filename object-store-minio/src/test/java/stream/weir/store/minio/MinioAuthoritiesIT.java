package stream.weir.store.minio;

import stream.weir.store.bucket.TrustedAuthoritiesContract;

final class MinioAuthoritiesIT extends TrustedAuthoritiesContract {
    MinioAuthoritiesIT() {
        super("minio");
    }
}

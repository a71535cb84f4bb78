package stream.weir.store.s3;

import stream.weir.store.bucket.TrustedAuthoritiesContract;

final class S3AuthoritiesIT extends TrustedAuthoritiesContract {
    S3AuthoritiesIT() {
        super("aws");
    }
}

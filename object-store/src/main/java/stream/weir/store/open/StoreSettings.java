package stream.weir.store.open;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a store is and how it is reached.
 *
 * @param client which client speaks to buckets: {@code aws} or {@code minio}
 * @param endpoint for stores that are not Amazon's
 * @param region as the client finds it, unless told; any where an endpoint is given
 * @param authorities PEM file of certificates to trust, instead of the system's
 */
public record StoreSettings(
        StoreUri uri,
        String client,
        Optional<URI> endpoint,
        Optional<String> region,
        Addressing addressing,
        Credentials credentials,
        Optional<Path> authorities) {

    /** Where a request names the bucket. */
    public enum Addressing {
        HOST,
        PATH
    }

    /** Who asks. */
    public sealed interface Credentials {
        /** What the client finds: environment, profile, container, web identity. */
        record Found() implements Credentials {}

        record Given(String accessKey, String secretKey) implements Credentials {
            @Override
            public String toString() {
                return "Given[" + accessKey + "]";
            }
        }

        /**
         * A mounted secret: files {@code AWS_ACCESS_KEY_ID}, {@code AWS_SECRET_ACCESS_KEY} and, where there is one,
         * {@code AWS_SESSION_TOKEN}; read again for each request, so that they may change.
         */
        record Mounted(Path folder) implements Credentials {}
    }

    /** As the environment says: client {@code aws}, no endpoint of its own. */
    public static StoreSettings at(StoreUri uri) {
        return new StoreSettings(
                uri,
                "aws",
                Optional.empty(),
                Optional.empty(),
                Addressing.HOST,
                new Credentials.Found(),
                Optional.empty());
    }

    /** The same store, below a folder of it. */
    public StoreSettings resolve(String name) {
        return new StoreSettings(uri.resolve(name), client, endpoint, region, addressing, credentials, authorities);
    }
}

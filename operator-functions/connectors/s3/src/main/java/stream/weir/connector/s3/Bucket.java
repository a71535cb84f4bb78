package stream.weir.connector.s3;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.Stores;

/**
 * Which bucket, and how it is reached.
 *
 * @param settings what pipeline files say
 * @param environment variables of the process
 */
record Bucket(StoreOptions settings, Map<String, String> environment) {
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    /** The options of pipeline files; the same as of {@code checkpoint.snapshots}. */
    static List<Option> options() {
        return List.of(
                Option.oneOf(
                        "client", List.of("aws", "minio"), "The AWS SDK, or MinIO's client; minio needs endpoint."),
                Option.optional(
                        "endpoint", Option.Kind.STRING, "http://HOST:PORT or https://HOST:PORT; Amazon's unless told."),
                Option.optional("region", Option.Kind.STRING, "As the client finds it unless told."),
                Option.withDefault(
                        "pathStyle",
                        Option.Kind.BOOL,
                        "false",
                        "Whether the bucket is in the path instead of the host name."),
                Option.optional(
                        "credentialsSecret",
                        Option.Kind.STRING,
                        "A secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, below WEIR_SECRETS_DIR."));
    }

    /** @param uri of the bucket, or of a prefix that is the sink's own */
    static Bucket of(String uri, Options options) {
        StoreOptions settings = new StoreOptions(
                uri,
                options.get("client", String.class),
                options.find("endpoint", String.class),
                options.find("region", String.class),
                options.get("pathStyle", Boolean.class) ? Addressing.PATH : Addressing.HOST,
                options.find("credentialsSecret", String.class));
        return new Bucket(settings, System.getenv());
    }

    /** A sentence about what is wrong; empty where it can be opened. */
    Optional<String> problem() {
        try {
            StoreSettings parsed = settings.settings(environment);
            if (settings.client().equals("minio") && parsed.endpoint().isEmpty()) {
                return Optional.of("The client minio needs the option endpoint: http://HOST:PORT.");
            }
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(e.getMessage() + ".");
        }
    }

    /** @param transfers runs parts of large transfers */
    ObjectStore store(Executor transfers) throws StoreException {
        return Stores.open(settings.settings(environment), environment(transfers));
    }

    ObjectReader reader(Executor transfers) throws StoreException {
        return Stores.reader(settings.settings(environment), environment(transfers));
    }

    private static StoreEnvironment environment(Executor transfers) {
        return new StoreEnvironment(transfers, Bucket::pause, RANDOM);
    }

    /** Between two attempts; that it may be shorter does no harm. */
    private static void pause(Duration time) throws InterruptedException {
        LockSupport.parkNanos(time.toNanos());
        if (Thread.interrupted()) {
            throw new InterruptedException("told to end between two requests to a bucket");
        }
    }
}

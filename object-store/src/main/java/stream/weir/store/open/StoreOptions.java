package stream.weir.store.open;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;

/**
 * Where snapshots go as a pipeline file says it, in its own words: {@code checkpoint.snapshots}.
 *
 * @param credentialsSecret name of a secret
 */
public record StoreOptions(
        String uri,
        String client,
        Optional<String> endpoint,
        Optional<String> region,
        Addressing addressing,
        Optional<String> credentialsSecret) {
    /** Folder with a folder for each mounted secret. */
    private static final String SECRETS = "WEIR_SECRETS_DIR";

    /** PEM file of certificates to trust, as the AWS command line knows it. */
    private static final String AUTHORITIES = "AWS_CA_BUNDLE";

    /** Nothing but a URI. */
    public static StoreOptions at(String uri) {
        return new StoreOptions(uri, "aws", Optional.empty(), Optional.empty(), Addressing.HOST, Optional.empty());
    }

    /** The same client, at another place. */
    public StoreOptions withUri(String other) {
        return new StoreOptions(other, client, endpoint, region, addressing, credentialsSecret);
    }

    /**
     * Adds what the environment says: {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL} where there is no endpoint (then with
     * path style, as stores of one's own hardly have a host name for each bucket), {@code AWS_CA_BUNDLE}, {@code WEIR_SECRETS_DIR}.
     *
     * @throws StoreException saying which of them is wrong
     */
    public StoreSettings settings(Map<String, String> environment) throws StoreException {
        Optional<String> given =
                value(environment, "AWS_ENDPOINT_URL_S3").or(() -> value(environment, "AWS_ENDPOINT_URL"));
        Optional<Path> secrets = value(environment, SECRETS).map(Path::of);
        return new StoreSettings(
                StoreUri.parse(uri),
                client,
                endpoint(endpoint.or(() -> given)),
                region,
                endpoint.isEmpty() && given.isPresent() ? Addressing.PATH : addressing,
                credentials(secrets),
                value(environment, AUTHORITIES).map(Path::of));
    }

    private Credentials credentials(Optional<Path> secrets) {
        return secrets.isPresent() && credentialsSecret.isPresent()
                ? new Credentials.Mounted(secrets.get().resolve(credentialsSecret.get()))
                : new Credentials.Found();
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private Optional<URI> endpoint(Optional<String> spelled) throws StoreException {
        if (spelled.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI parsed = new URI(spelled.get());
            boolean http = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            if (http && parsed.getHost() != null) {
                return Optional.of(parsed);
            }
            throw new URISyntaxException(spelled.get(), "it has to be http://HOST:PORT or https://HOST:PORT");
        } catch (URISyntaxException e) {
            throw new StoreException(
                    "Cannot open " + uri + ": endpoint '" + spelled.get() + "': " + e.getReason(),
                    Outcome.NOT_APPLIED,
                    StoreFailure.WRONG_PLACE,
                    e);
        }
    }
}

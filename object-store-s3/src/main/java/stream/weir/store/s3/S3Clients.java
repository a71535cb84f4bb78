package stream.weir.store.s3;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.TrustedAuthorities;

/** Makes clients as settings say. */
final class S3Clients {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    /** Between two bytes. */
    private static final Duration READ_WITHIN = Duration.ofSeconds(10);
    /** One request with its body: parts of 8 MiB pass at 1 Mbit/s. */
    private static final Duration ATTEMPT_WITHIN = Duration.ofSeconds(90);

    private S3Clients() {}

    static S3Client of(StoreSettings settings) throws StoreException {
        S3ClientBuilder builder = S3Client.builder()
                .httpClient(http(settings))
                .region(region(settings))
                .credentialsProvider(credentials(settings.credentials()))
                .forcePathStyle(settings.addressing() == Addressing.PATH)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(ATTEMPT_WITHIN)
                        .apiCallTimeout(ATTEMPT_WITHIN));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** The JDK's own connections: no other library to load, and the least memory of those measured. */
    private static SdkHttpClient http(StoreSettings settings) throws StoreException {
        UrlConnectionHttpClient.Builder builder = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_WITHIN)
                .socketTimeout(READ_WITHIN)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useEnvironmentVariablesValues(false)
                        .useSystemPropertyValues(false)
                        .build());
        if (settings.authorities().isPresent()) {
            TrustedAuthorities trusted =
                    TrustedAuthorities.read(settings.authorities().get());
            builder.tlsTrustManagersProvider(trusted::managers);
        }
        return builder.build();
    }

    private static Region region(StoreSettings settings) throws StoreException {
        if (settings.region().isPresent()) {
            return Region.of(settings.region().get());
        }
        if (settings.endpoint().isPresent()) {
            // A store of one's own hardly has regions, and asking Amazon's metadata service for one takes seconds.
            return Optional.ofNullable(System.getenv("AWS_REGION"))
                    .map(Region::of)
                    .orElse(Region.US_EAST_1);
        }
        try {
            return DefaultAwsRegionProviderChain.builder().build().getRegion();
        } catch (SdkClientException e) {
            throw new StoreException(
                    "Cannot open " + settings.uri() + ": no region: set checkpoint.snapshots.region or AWS_REGION",
                    Outcome.NOT_APPLIED,
                    StoreFailure.WRONG_PLACE,
                    e);
        }
    }

    private static AwsCredentialsProvider credentials(Credentials credentials) {
        return switch (credentials) {
            case Credentials.Found found -> DefaultCredentialsProvider.builder().build();
            case Credentials.Given given ->
                StaticCredentialsProvider.create(AwsBasicCredentials.create(given.accessKey(), given.secretKey()));
            case Credentials.Mounted mounted -> new MountedCredentials(mounted.folder());
        };
    }
}

package stream.weir.store.minio;

import io.minio.MinioAsyncClient;
import io.minio.credentials.AwsConfigProvider;
import io.minio.credentials.AwsEnvironmentProvider;
import io.minio.credentials.ChainedProvider;
import io.minio.credentials.Credentials;
import io.minio.credentials.IamAwsProvider;
import io.minio.credentials.MinioEnvironmentProvider;
import io.minio.credentials.Provider;
import io.minio.credentials.StaticProvider;
import java.net.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import stream.weir.store.StoreException;
import stream.weir.store.open.MountedSecret;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreUri;
import stream.weir.store.open.TrustedAuthorities;

/** Makes clients as settings say. */
final class MinioClients {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(3);
    /** Between two bytes. */
    private static final Duration MOVE_WITHIN = Duration.ofSeconds(10);

    private static final String ANY_REGION = "us-east-1";

    private MinioClients() {}

    static MinioBucketClient of(StoreSettings settings, String endpoint) throws StoreException {
        OkHttpClient http = http(settings);
        MinioAsyncClient client = MinioAsyncClient.builder()
                .endpoint(endpoint)
                // Without one each new bucket is asked for its own first.
                .region(settings.region().orElse(ANY_REGION))
                .credentialsProvider(credentials(settings.credentials()))
                .httpClient(http, true)
                .build();
        if (settings.addressing() == Addressing.PATH) {
            client.disableVirtualStyleEndpoint();
        } else {
            client.enableVirtualStyleEndpoint();
        }
        return new MinioBucketClient(client, ((StoreUri.Bucket) settings.uri()).bucket());
    }

    private static OkHttpClient http(StoreSettings settings) throws StoreException {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                // A silent second attempt could take the first one for somebody else's.
                .retryOnConnectionFailure(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .connectTimeout(CONNECT_WITHIN)
                .readTimeout(MOVE_WITHIN)
                .writeTimeout(MOVE_WITHIN);
        if (settings.authorities().isPresent()) {
            TrustedAuthorities trusted =
                    TrustedAuthorities.read(settings.authorities().get());
            builder.sslSocketFactory(trusted.context().getSocketFactory(), trusted.manager());
        }
        OkHttpClient http = builder.build();
        // All requests go to one host.
        http.dispatcher().setMaxRequestsPerHost(http.dispatcher().getMaxRequests());
        return http;
    }

    private static Provider credentials(StoreSettings.Credentials credentials) {
        return switch (credentials) {
            case StoreSettings.Credentials.Found found ->
                new ChainedProvider(
                        new AwsEnvironmentProvider(),
                        new MinioEnvironmentProvider(),
                        new AwsConfigProvider(null, null),
                        new IamAwsProvider(null, null));
            case StoreSettings.Credentials.Given given ->
                new StaticProvider(given.accessKey(), given.secretKey(), null);
            case StoreSettings.Credentials.Mounted(Path folder) -> () -> mounted(folder);
        };
    }

    private static Credentials mounted(Path folder) {
        try {
            MountedSecret secret = MountedSecret.read(folder);
            return new Credentials(
                    secret.accessKey(),
                    secret.secretKey(),
                    secret.sessionToken().orElse(null),
                    null);
        } catch (StoreException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}

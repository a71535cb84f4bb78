package stream.weir.service.app;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;

/** A client of the cluster's API, on the connections of the service. */
final class ClusterClient {
    /** Shorter than a lease: an answer that comes later is of no use. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private ClusterClient() {}

    /**
     * With the service account of the pod, or what {@code KUBECONFIG} names.
     *
     * @param namespace unless it is that of the pod
     */
    static KubernetesClient connect(Vertx vertx, Optional<String> namespace) {
        int answer = Math.toIntExact(ANSWER_WITHIN.toMillis());
        ConfigBuilder config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestTimeout(answer)
                .withConnectionTimeout(answer)
                .withRequestRetryBackoffLimit(0);
        namespace.ifPresent(config::withNamespace);
        return new KubernetesClientBuilder()
                .withConfig(config.build())
                .withHttpClientFactory(new VertxHttpClientFactory(vertx))
                .build();
    }
}

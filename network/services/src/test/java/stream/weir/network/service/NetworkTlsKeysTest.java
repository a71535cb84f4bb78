package stream.weir.network.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Settings of the registry, as it reads them. */
class NetworkTlsKeysTest {
    private static final Map<String, String> OURS = Map.of(
            "WEIR_NETWORK_TLS_CERTIFICATE", "/tls/tls.crt",
            "WEIR_NETWORK_TLS_KEY", "/tls/tls.key",
            "WEIR_NETWORK_TLS_AUTHORITY", "/tls/ca.crt");

    @Test
    void when_certificates_are_named_then_the_registry_has_them_and_looks_again() {
        // when
        TlsBucketConfig made = weir(OURS, Map.of());
        // then
        var pair = requireNonNull(
                made.keyStore().orElseThrow().pem().orElseThrow().keyCerts().get("0"));
        assertThat(pair.cert()).isEqualTo(Path.of("/tls/tls.crt"));
        assertThat(pair.key()).isEqualTo(Path.of("/tls/tls.key"));
        assertThat(made.trustStore().orElseThrow().pem().orElseThrow().certs())
                .contains(List.of(Path.of("/tls/ca.crt")));
        assertThat(made.reloadPeriod()).contains(Duration.ofSeconds(5));
    }

    @Test
    void when_there_are_none_then_the_registry_has_no_such_configuration() {
        assertThat(registry(Map.of(), Map.of("quarkus.tls.other.reload-period", "1s"))
                        .namedCertificateConfig())
                .containsOnlyKeys("other");
    }

    @Test
    void when_the_registry_is_told_itself_then_that_counts() {
        // given
        Map<String, String> theirs = Map.of(
                "quarkus.tls.weir.trust-store.pem.certs", "/more/ca.crt", "quarkus.tls.weir.reload-period", "1h");
        // when
        TlsBucketConfig made = weir(OURS, theirs);
        // then
        assertThat(made.trustStore().orElseThrow().pem().orElseThrow().certs())
                .contains(List.of(Path.of("/more/ca.crt")));
        assertThat(made.reloadPeriod()).contains(Duration.ofHours(1));
    }

    @Test
    void when_a_service_starts_then_the_keys_are_found() {
        assertThat(ServiceLoader.load(ConfigSourceInterceptor.class))
                .anyMatch(found -> found instanceof NetworkTlsKeys);
    }

    private static TlsBucketConfig weir(Map<String, String> environment, Map<String, String> properties) {
        return requireNonNull(
                registry(environment, properties).namedCertificateConfig().get("weir"));
    }

    private static TlsConfig registry(Map<String, String> environment, Map<String, String> properties) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300), new PropertiesConfigSource(properties, "file", 250))
                .withInterceptors(new NetworkTlsKeys())
                .withMapping(TlsConfig.class)
                .build();
        return config.getConfigMapping(TlsConfig.class);
    }
}

package stream.weir.network.service;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.VertxCertificateHolder;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.network.Network;
import stream.weir.network.NetworkSettings;
import stream.weir.network.Tls;

/** The certificates of a service's connections, from the registry's configuration of that name, and the network that uses them. */
@Singleton
public final class NetworkCertificates {
    /** Of the configuration, as in {@code quarkus.tls.weir.key-store.pem.0.cert}. */
    public static final String NAME = "weir";

    private static final Logger LOG = LoggerFactory.getLogger(NetworkCertificates.class);

    private final TlsConfigurationRegistry registry;
    private volatile Optional<RegistryTls> tls = Optional.empty();

    @Inject
    NetworkCertificates(TlsConfigurationRegistry registry) {
        this.registry = registry;
    }

    /**
     * Opens the network of the service: once.
     *
     * @param clock nanoseconds, only ever forward
     * @throws IllegalArgumentException when the registry's configuration is not one for mutual TLS
     */
    public Network open(Vertx vertx, NetworkOptions options, LongSupplier clock) {
        Optional<TlsConfiguration> configured = registry.get(NAME);
        tls = configured.map(RegistryTls::of);
        configured.ifPresent(each -> watch(vertx, each));
        return Network.open(
                vertx,
                NetworkSettings.defaults().withKeepAlive(options.pingInterval(), options.peerTimeout()),
                tls.map(Tls.class::cast),
                clock);
    }

    /** As often as the registry reads them. */
    private static void watch(Vertx vertx, TlsConfiguration configured) {
        if (configured instanceof VertxCertificateHolder holder) {
            CertificateFiles files = CertificateFiles.of(vertx, holder.config());
            holder.config()
                    .reloadPeriod()
                    .ifPresent(
                            period -> vertx.setPeriodic(period.toMillis(), _ -> vertx.executeBlocking(files::newProblem)
                                    .onSuccess(problem -> problem.ifPresent(
                                            each -> LOG.warn("{}; the certificates from before stay in use", each)))));
        }
    }

    void updated(@Observes CertificateUpdatedEvent event) {
        if (event.name().equals(NAME)) {
            tls.ifPresent(present -> present.update(event.tlsConfiguration()));
        }
    }
}

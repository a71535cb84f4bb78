package stream.weir.network.service;

import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.LongSupplier;
import stream.weir.network.Network;
import stream.weir.network.NetworkSettings;
import stream.weir.network.Tls;

/** The certificates of a service's connections, from the registry's configuration of that name, and the network that uses them. */
@Singleton
public final class NetworkCertificates {
    /** Of the configuration, as in {@code quarkus.tls.weir.key-store.pem.0.cert}. */
    public static final String NAME = "weir";

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
        tls = registry.get(NAME).map(RegistryTls::of);
        return Network.open(
                vertx,
                NetworkSettings.defaults().withKeepAlive(options.pingInterval(), options.peerTimeout()),
                tls.map(Tls.class::cast),
                clock);
    }

    void updated(@Observes CertificateUpdatedEvent event) {
        if (event.name().equals(NAME)) {
            tls.ifPresent(present -> present.update(event.tlsConfiguration()));
        }
    }
}

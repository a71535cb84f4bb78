package stream.weir.network.service;

import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of connections between the processes of a pipeline, {@code weir.network}. */
public interface NetworkOptions {
    /** A peer that was silent for so long is asked for a sign of life. */
    @WithDefault("1s")
    Duration pingInterval();

    /** A peer that was silent for so long is dead; more than two ping intervals. */
    @WithDefault("2800ms")
    Duration peerTimeout();

    /** Mutual TLS of data links and control connections: short for {@code quarkus.tls.weir}, see {@link NetworkTlsKeys}. */
    Optional<TlsOptions> tls();

    /** PEM files; read again when they change. */
    interface TlsOptions {
        /** Certificate of this process: short for {@code quarkus.tls.weir.key-store.pem.0.cert}. */
        Path certificate();

        /** Its key: short for {@code quarkus.tls.weir.key-store.pem.0.key}. */
        Path key();

        /** Certificates of the authorities that sign the peers' certificates: short for {@code quarkus.tls.weir.trust-store.pem.certs}. */
        Path authority();
    }
}

package stream.weir.network.service;

import io.quarkus.tls.TlsConfiguration;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.network.Tls;

/**
 * Certificates of a configuration of the registry, and those that come in their place. The registry reads its files again every so
 * often, and says so whether they have changed or not; files that cannot be read it passes over, which {@link CertificateFiles}
 * tells of.
 */
final class RegistryTls implements Tls {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryTls.class);

    private volatile Loaded loaded;

    private RegistryTls(Loaded loaded) {
        this.loaded = loaded;
    }

    private record Loaded(SSLContext context, Set<Certificate> certificates) {}

    /** @throws IllegalArgumentException when one side would show no certificate, or would trust others than it is told */
    static RegistryTls of(TlsConfiguration configuration) {
        if (configuration.getKeyStore() == null
                || configuration.getTrustStore() == null
                || configuration.isTrustAll()) {
            throw new IllegalArgumentException("quarkus.tls." + NetworkCertificates.NAME + " is for mutual TLS: it has "
                    + (configuration.getKeyStore() == null ? "no key store, " : "a key store, ")
                    + (configuration.isTrustAll()
                            ? "trusts everybody"
                            : configuration.getTrustStore() == null ? "no trust store" : "a trust store")
                    + "; set weir.network.tls.certificate, key and authority, or both stores");
        }
        return new RegistryTls(load(configuration));
    }

    /** Takes what the configuration has now; what cannot be used changes nothing. */
    void update(TlsConfiguration configuration) {
        Loaded before = loaded;
        try {
            Loaded now = load(configuration);
            // Taken even if no certificate is another: a key may have been read from the old file beside a new
            // certificate.
            loaded = now;
            if (!now.certificates.equals(before.certificates)) {
                LOG.info("certificates have changed and were read again");
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("certificates cannot be used; those from before stay in use: {}", e.getMessage());
        }
    }

    @Override
    public SSLContext context() {
        return loaded.context;
    }

    private static Loaded load(TlsConfiguration configuration) {
        try {
            Set<Certificate> certificates = new LinkedHashSet<>();
            addAll(configuration.getKeyStore(), certificates);
            addAll(configuration.getTrustStore(), certificates);
            return new Loaded(configuration.createSSLContext(), certificates);
        } catch (Exception e) {
            // Whatever parsers and providers throw.
            throw new IllegalArgumentException(
                    "the certificates of quarkus.tls." + NetworkCertificates.NAME + " cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void addAll(KeyStore store, Set<Certificate> certificates) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            Certificate[] chain = store.getCertificateChain(alias);
            certificates.addAll(chain == null ? List.of(store.getCertificate(alias)) : List.of(chain));
        }
    }
}

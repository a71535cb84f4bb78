package stream.weir.store.open;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.StoreFailure;

/** Certificates of a PEM file, to be trusted instead of the system's. Immutable. */
public final class TrustedAuthorities {
    private final TrustManager[] managers;

    private TrustedAuthorities(TrustManager[] managers) {
        this.managers = managers;
    }

    /** @throws StoreException when there is no certificate in the file */
    public static TrustedAuthorities read(Path file) throws StoreException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("authority-" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException("there is no certificate in it");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return new TrustedAuthorities(factory.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw new StoreException(
                    "Cannot read certificates of authorities from " + file + ": " + e,
                    Outcome.NOT_APPLIED,
                    StoreFailure.OTHER,
                    e);
        }
    }

    public TrustManager[] managers() {
        return managers.clone();
    }

    /** A context whose connections trust these, and the one of its managers that decides. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    public X509TrustManager manager() {
        return Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
    }
}

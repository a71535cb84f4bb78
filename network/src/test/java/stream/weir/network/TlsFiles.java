package stream.weir.network;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/**
 * Certificates in PEM files.
 *
 * @param certificate of a process, and what leads from it to the authority
 * @param key of that certificate, PKCS #8 without a password
 * @param authority who has signed the certificates of all peers; one or more
 */
public record TlsFiles(Path certificate, Path key, Path authority) {
    /** What is in the files now. */
    public SSLContext context(Vertx vertx) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    identity().getKeyManagerFactory(vertx).getKeyManagers(),
                    trust().getTrustManagerFactory(vertx).getTrustManagers(),
                    null);
            return context;
        } catch (Exception e) {
            throw new AssertionError(this + " cannot be used", e);
        }
    }

    public PemKeyCertOptions identity() {
        return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
    }

    public PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(authority.toString());
    }
}

package stream.weir.network.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.tls.BaseTlsConfiguration;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.network.TestCertificates;
import stream.weir.network.TlsFiles;

/** What is taken of the registry's configuration, and what is refused. */
class RegistryTlsIT {
    @TempDir
    private static Path folder;

    private static final Vertx VERTX = Vertx.vertx();
    private static TlsFiles first;
    private static TlsFiles second;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        TestCertificates authority = TestCertificates.authority(folder, "authority");
        first = authority.issue("first");
        second = authority.issue("second");
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void when_certificates_have_changed_then_the_next_connection_has_the_new_ones() {
        // given
        Configured configured = new Configured(Optional.of(first), Optional.of(first));
        RegistryTls tls = RegistryTls.of(configured);
        SSLContext before = tls.context();
        // when
        configured.identity = Optional.of(second);
        tls.update(configured);
        // then
        assertThat(tls.context()).isNotSameAs(before);
    }

    @Test
    void when_they_cannot_be_used_then_those_from_before_stay() {
        // given
        Configured configured = new Configured(Optional.of(first), Optional.of(first));
        RegistryTls tls = RegistryTls.of(configured);
        SSLContext before = tls.context();
        // when
        configured.identity = Optional.of(new TlsFiles(folder.resolve("no.crt"), first.key(), first.authority()));
        tls.update(configured);
        // then
        assertThat(tls.context()).isSameAs(before);
    }

    @Test
    void when_one_store_is_missing_then_refused() {
        assertThatThrownBy(() -> RegistryTls.of(new Configured(Optional.empty(), Optional.of(first))))
                .hasMessageContaining("it has no key store, a trust store; set weir.network.tls.certificate");
        assertThatThrownBy(() -> RegistryTls.of(new Configured(Optional.of(first), Optional.empty())))
                .hasMessageContaining("it has a key store, no trust store");
    }

    private static final class Configured extends BaseTlsConfiguration {
        private final Optional<TlsFiles> trusted;
        private Optional<TlsFiles> identity;

        Configured(Optional<TlsFiles> identity, Optional<TlsFiles> trusted) {
            this.identity = identity;
            this.trusted = trusted;
        }

        @Override
        public @Nullable KeyStore getKeyStore() {
            return identity.map(files -> loaded(() -> files.identity().loadKeyStore(VERTX)))
                    .orElse(null);
        }

        @Override
        public @Nullable KeyStore getTrustStore() {
            return trusted.map(files -> loaded(() -> files.trust().loadKeyStore(VERTX)))
                    .orElse(null);
        }

        @Override
        public SSLContext createSSLContext() {
            return identity.orElseThrow().context(VERTX);
        }

        private interface Loading {
            KeyStore load() throws Exception;
        }

        private static KeyStore loaded(Loading loading) {
            try {
                return loading.load();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

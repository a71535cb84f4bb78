package stream.weir.network.service;

import io.quarkus.tls.runtime.config.JKSKeyStoreConfig;
import io.quarkus.tls.runtime.config.JKSTrustStoreConfig;
import io.quarkus.tls.runtime.config.P12KeyStoreConfig;
import io.quarkus.tls.runtime.config.P12TrustStoreConfig;
import io.quarkus.tls.runtime.config.PemCertsConfig;
import io.quarkus.tls.runtime.config.PemKeyCertConfig;
import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out why files of a configuration of the registry cannot be used: the registry, which reads them again every so often, passes
 * over such files without a word. One thread at a time.
 */
final class CertificateFiles {
    private final List<Check> checks;
    private String said = "";

    private CertificateFiles(List<Check> checks) {
        this.checks = checks;
    }

    private interface Check {
        /** Empty where nothing is wrong. */
        String problem();
    }

    private interface Loading {
        Object load() throws Exception;
    }

    static CertificateFiles of(Vertx vertx, TlsBucketConfig config) {
        List<Check> checks = new ArrayList<>();
        config.keyStore().ifPresent(store -> {
            store.pem().stream()
                    .flatMap(pem -> pem.keyCerts().values().stream())
                    .forEach(each -> checks.add(() -> problemOf(vertx, each)));
            store.p12().map(P12KeyStoreConfig::path).ifPresent(path -> checks.add(() -> unreadable(path)));
            store.jks().map(JKSKeyStoreConfig::path).ifPresent(path -> checks.add(() -> unreadable(path)));
        });
        config.trustStore().ifPresent(store -> {
            store.pem().flatMap(PemCertsConfig::certs).stream()
                    .flatMap(List::stream)
                    .forEach(each -> checks.add(() -> problemOf(vertx, each)));
            store.p12().map(P12TrustStoreConfig::path).ifPresent(path -> checks.add(() -> unreadable(path)));
            store.jks().map(JKSTrustStoreConfig::path).ifPresent(path -> checks.add(() -> unreadable(path)));
        });
        return new CertificateFiles(checks);
    }

    /** What is wrong now, and was not, or was not that, when this was asked before: names the file and the cause. */
    Optional<String> newProblem() {
        String problem = checks.stream()
                .map(Check::problem)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
        boolean another = !problem.equals(said);
        said = problem;
        return another && !problem.isEmpty() ? Optional.of(problem) : Optional.empty();
    }

    private static String problemOf(Vertx vertx, PemKeyCertConfig.KeyCertConfig identity) {
        String unreadable = unreadable(identity.cert());
        unreadable = unreadable.isEmpty() ? unreadable(identity.key()) : unreadable;
        if (!unreadable.isEmpty() || identity.password().isPresent()) {
            return unreadable;
        }
        return unusable(
                "the certificate " + identity.cert() + " with the key " + identity.key(), () -> new PemKeyCertOptions()
                        .addCertPath(identity.cert().toString())
                        .addKeyPath(identity.key().toString())
                        .loadKeyStore(vertx));
    }

    private static String problemOf(Vertx vertx, Path authorities) {
        String unreadable = unreadable(authorities);
        return unreadable.isEmpty()
                ? unusable("the authorities of " + authorities, () -> new PemTrustOptions()
                        .addCertPath(authorities.toString())
                        .loadKeyStore(vertx))
                : unreadable;
    }

    private static String unreadable(Path file) {
        try {
            Files.readAllBytes(file);
            return "";
        } catch (IOException e) {
            return file + " cannot be read: " + e;
        }
    }

    private static String unusable(String what, Loading loading) {
        try {
            loading.load();
            return "";
        } catch (Exception e) {
            // Whatever parsers and providers throw.
            return what + " cannot be used: " + e;
        }
    }
}

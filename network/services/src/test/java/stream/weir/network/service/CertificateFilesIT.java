package stream.weir.network.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.tls.runtime.config.TlsBucketConfig;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.network.TestCertificates;
import stream.weir.network.TlsFiles;

/** Each cause is told once, with the file. */
class CertificateFilesIT {
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private Path folder;

    private TlsFiles used;
    private CertificateFiles files;

    @BeforeEach
    void make() throws Exception {
        used = TestCertificates.authority(folder, "authority").issue("first");
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(TlsConfig.class)
                .withDefaultValues(Map.of(
                        "quarkus.tls.weir.key-store.pem.0.cert",
                        used.certificate().toString(),
                        "quarkus.tls.weir.key-store.pem.0.key",
                        used.key().toString(),
                        "quarkus.tls.weir.trust-store.pem.certs",
                        used.authority().toString()))
                .build();
        TlsBucketConfig weir = config.getConfigMapping(TlsConfig.class)
                .namedCertificateConfig()
                .get("weir");
        files = CertificateFiles.of(VERTX, Objects.requireNonNull(weir));
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void when_all_can_be_used_then_nothing_is_said() {
        assertThat(files.newProblem()).isEmpty();
    }

    @Test
    void when_a_file_is_missing_then_it_is_named_once_and_again_when_it_was_there_in_between() throws IOException {
        byte[] key = Files.readAllBytes(used.key());
        Files.delete(used.key());

        assertThat(files.newProblem()).hasValueSatisfying(problem -> assertThat(problem)
                .contains(used.key() + " cannot be read: java.nio.file.NoSuchFileException"));
        assertThat(files.newProblem()).isEmpty();
        Files.write(used.key(), key);
        assertThat(files.newProblem()).isEmpty();
        Files.delete(used.key());
        assertThat(files.newProblem()).isPresent();
    }

    @Test
    void when_a_file_has_something_else_in_it_then_it_is_named_with_the_cause() throws IOException {
        Files.writeString(used.certificate(), "no certificate");
        assertThat(files.newProblem()).hasValueSatisfying(problem -> assertThat(problem)
                .contains("the certificate " + used.certificate(), used.key() + " cannot be used: "));
    }

    @Test
    void when_authorities_cannot_be_used_then_they_are_named() throws IOException {
        Files.writeString(used.authority(), "no certificate");

        assertThat(files.newProblem()).hasValueSatisfying(problem -> assertThat(problem)
                .contains("the authorities of " + used.authority() + " cannot be used: "));
    }
}

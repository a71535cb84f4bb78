package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.network.TestCertificates;
import stream.weir.network.TlsFiles;
import stream.weir.verification.services.SumsJob.Settings;

/** Mutual TLS of all connections between the processes of a pipeline, and HTTPS of the coordinators. */
@Timeout(600)
class TlsServicesIT {
    private static final Pattern READ_AGAIN = Pattern.compile("certificates have changed and were read again");
    private static final Pattern NOT_TRUSTED = Pattern.compile("PKIX path|certificate_unknown|unable to find valid");

    @TempDir
    private Path folder;

    private TestCertificates authority;

    @BeforeAll
    static void theServicesAreBuilt() {
        Optional<String> why = Services.whyNotAvailable();
        assumeTrue(why.isEmpty(), why.orElse(""));
    }

    @BeforeEach
    void makeAuthority() throws IOException {
        authority = TestCertificates.authority(Files.createDirectories(folder.resolve("authority")), "authority");
    }

    @Test
    void when_certificates_are_replaced_and_a_stranger_calls_then_the_output_is_exact() throws Exception {
        TlsFiles used = inUse();
        replace(used, authority.issue("first"));
        SumsJob job = SumsJob.write(folder, Settings.endless());
        try (Services services = job.running(2, environment(used))) {
            // when
            replace(used, authority.issue("second"));
            for (String name : everybody()) {
                services.awaitLog(name, READ_AGAIN, 1);
            }
            // then new connections are made with what is new
            services.kill("sums-1");
            services.restart("sums-1");
            services.await("the next run", now -> now.contains("\"phase\":\"RUNNING\"") && Services.run(now) > 1);
            services.awaitProgress();
            // when
            services.startStage("stranger", "sums", environment(stranger()));
            services.awaitLog("stranger", NOT_TRUSTED, 1);
            // then
            services.awaitProgress();
            assertThat(services.status().orElseThrow()).doesNotContain("stranger");
            assertThat(services.secureStatus(used)).contains("200 OK", "\"phase\":\"RUNNING\"");
            job.stopAndAssertExact(services);
        }
    }

    private static Iterable<String> everybody() {
        Map<String, String> all = new LinkedHashMap<>(SumsJob.stages());
        all.put("coordinator-0", "");
        all.put("coordinator-1", "");
        return all.keySet();
    }

    private TlsFiles stranger() throws IOException, GeneralSecurityException {
        return TestCertificates.authority(Files.createDirectories(folder.resolve("another")), "another")
                .issue("stranger");
    }

    private TlsFiles inUse() throws IOException {
        Path place = Files.createDirectories(folder.resolve("tls"));
        return new TlsFiles(place.resolve("tls.crt"), place.resolve("tls.key"), place.resolve("ca.crt"));
    }

    /** The key first: until the certificate is there too, they do not belong together, and the old ones stay in use. */
    private static void replace(TlsFiles old, TlsFiles by) throws IOException {
        Files.copy(by.key(), old.key(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(by.authority(), old.authority(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(by.certificate(), old.certificate(), StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<String, String> environment(TlsFiles files) throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put("WEIR_NETWORK_TLS_CERTIFICATE", files.certificate().toString());
        environment.put("WEIR_NETWORK_TLS_KEY", files.key().toString());
        environment.put("WEIR_NETWORK_TLS_AUTHORITY", files.authority().toString());
        Path https = files.certificate().resolveSibling("https.properties");
        Files.writeString(https, """
                quarkus.tls.key-store.pem.0.cert=%s
                quarkus.tls.key-store.pem.0.key=%s
                quarkus.tls.reload-period=5s
                """.formatted(files.certificate(), files.key()));
        environment.put("SMALLRYE_CONFIG_LOCATIONS", https.toString());
        return environment;
    }
}

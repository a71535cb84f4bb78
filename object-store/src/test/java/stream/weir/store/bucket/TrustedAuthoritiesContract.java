package stream.weir.store.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.StoreUri;
import stream.weir.store.open.Stores;

/**
 * A store whose certificate nobody knows but a file of authorities. Its server has no objects, and says so. Extend it with one test class
 * per client.
 */
@Timeout(120)
public abstract class TrustedAuthoritiesContract {
    private static final String PASSWORD = "changeit";
    private static final byte[] NOT_THERE = ("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>NoSuchKey</Code>"
                    + "<Message>none</Message><Key>a</Key><BucketName>bucket</BucketName><Resource>/bucket/a</Resource>"
                    + "<RequestId>1</RequestId><HostId>1</HostId></Error>")
            .getBytes(UTF_8);
    private static final List<String> ASKED = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static Path authorities;

    private final String client;

    /** @param client as settings call it */
    protected TrustedAuthoritiesContract(String client) {
        this.client = client;
    }

    @BeforeAll
    static void start() throws Exception {
        KeyStore keys = keys();
        authorities = Files.writeString(
                folder.resolve("authorities.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("store").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            ASKED.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().set("Content-Type", "application/xml");
            exchange.sendResponseHeaders(404, NOT_THERE.length);
            exchange.getResponseBody().write(NOT_THERE);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void when_the_authority_is_in_the_file_then_the_store_is_spoken_to() throws IOException {
        try (ObjectStore store = open(Optional.of(authorities))) {
            assertThat(store.read("a", 100)).isEmpty();
            assertThat(ASKED).contains("/bucket/jobs/a");
        }
    }

    @Test
    void when_the_authority_is_unknown_then_the_error_says_that_no_path_leads_to_it() throws IOException {
        try (ObjectStore store = open(Optional.empty())) {
            assertThatThrownBy(() -> store.read("a", 100))
                    .isInstanceOf(StoreException.class)
                    .hasStackTraceContaining("unable to find valid certification path");
        }
    }

    @Test
    void when_there_is_no_certificate_in_the_file_then_it_is_named() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty-" + client + ".pem"), "");

        assertThatThrownBy(() -> open(Optional.of(empty)))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(empty.toString(), "there is no certificate in it");
    }

    private ObjectStore open(Optional<Path> trusted) throws StoreException {
        return Stores.open(
                new StoreSettings(
                        StoreUri.parse("s3://bucket/jobs"),
                        client,
                        Optional.of(URI.create(
                                "https://127.0.0.1:" + server.getAddress().getPort())),
                        Optional.of("us-east-1"),
                        Addressing.PATH,
                        new Credentials.Given("key", "secret-of-it"),
                        trusted),
                new StoreEnvironment(Runnable::run, pause -> {}, new Random(1)));
    }

    /** A certificate that has signed itself, by the JDK's keytool. */
    private static KeyStore keys() throws IOException, GeneralSecurityException, InterruptedException {
        Path store = folder.resolve("store.p12");
        Path log = folder.resolve("keytool.log");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "store",
                "-dname",
                "CN=store",
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(command + " failed: " + Files.readString(log));
        }
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }
}

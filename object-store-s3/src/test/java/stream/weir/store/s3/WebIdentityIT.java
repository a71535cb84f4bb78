package stream.weir.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.store.ObjectStore;
import stream.weir.store.open.StoreEnvironment;
import stream.weir.store.open.StoreSettings;
import stream.weir.store.open.StoreSettings.Addressing;
import stream.weir.store.open.StoreSettings.Credentials;
import stream.weir.store.open.StoreUri;
import stream.weir.store.open.Stores;

/** A pod's token is exchanged for keys, with which the store is asked; one server stands for both services. */
@Timeout(120)
final class WebIdentityIT {
    private static final String ROLE = "arn:aws:iam::123456789012:role/jobs";
    private static final String KEYS = """
            <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
              <AssumeRoleWithWebIdentityResult>
                <Credentials>
                  <AccessKeyId>KEYOFTHETOKEN</AccessKeyId>
                  <SecretAccessKey>secret</SecretAccessKey>
                  <SessionToken>session-of-the-token</SessionToken>
                  <Expiration>2099-01-01T00:00:00Z</Expiration>
                </Credentials>
                <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/jobs/weir</Arn><AssumedRoleId>A:weir</AssumedRoleId></AssumedRoleUser>
              </AssumeRoleWithWebIdentityResult>
              <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
            </AssumeRoleWithWebIdentityResponse>
            """;
    private static final String NOT_THERE = "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>";

    @TempDir
    private Path folder;

    private final List<String> exchanged = new CopyOnWriteArrayList<>();
    private final List<String> signed = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Map<String, String> properties;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(System.getenv("AWS_ACCESS_KEY_ID") == null, "keys in the environment come before tokens");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        // What a cluster gives to a pod as variables.
        properties = Map.of(
                "aws.webIdentityTokenFile",
                Files.writeString(folder.resolve("token"), "token-of-the-pod").toString(),
                "aws.roleArn",
                ROLE,
                "aws.roleSessionName",
                "weir",
                "aws.region",
                "eu-west-1",
                "aws.endpointUrlSts",
                endpoint().toString());
        properties.forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            properties.keySet().forEach(System::clearProperty);
            server.stop(0);
        }
    }

    @Test
    void when_a_pod_has_a_token_then_it_is_exchanged_and_requests_are_signed_with_what_came() throws IOException {
        // given
        StoreSettings settings = new StoreSettings(
                StoreUri.parse("s3://bucket/jobs"),
                "aws",
                Optional.of(endpoint()),
                Optional.empty(),
                Addressing.PATH,
                new Credentials.Found(),
                Optional.empty());
        // when
        try (ObjectStore store =
                Stores.open(settings, new StoreEnvironment(Runnable::run, pause -> {}, new Random(1)))) {
            assertThat(store.read("a", 100)).isEmpty();
        }
        // then
        assertThat(exchanged).singleElement().asString().contains("token-of-the-pod", "role%2Fjobs");
        assertThat(signed).singleElement().asString().contains("Credential=KEYOFTHETOKEN/", "session-of-the-token");
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (body.contains("Action=AssumeRoleWithWebIdentity")) {
            exchanged.add(body);
            send(exchange, 200, KEYS);
        } else {
            signed.add(exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-Amz-Security-Token"));
            send(exchange, 404, NOT_THERE);
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}

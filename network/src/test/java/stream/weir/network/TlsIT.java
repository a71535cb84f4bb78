package stream.weir.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.protocol.frame.Link;

/** Both sides show a certificate, or there is no connection. */
@Timeout(60)
final class TlsIT {
    private static final Hello.Data HELLO = new Hello.Data("p", 1, new Link("a", 0, "", "b", 0), "s");

    @TempDir
    private static Path shared;

    private static TestCertificates authority;
    private static TlsFiles client;
    private static TlsFiles stranger;

    private final TestNetwork networks = new TestNetwork();
    private volatile TlsFiles inUse;
    private Network server;
    private Listening listening;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException {
        authority = TestCertificates.authority(shared, "authority");
        client = authority.issue("client");
        stranger = TestCertificates.authority(shared, "another").issue("stranger");
    }

    @BeforeEach
    void listen() {
        inUse = client;
        server = networks.open(TestNetwork.PATIENT, Optional.of(() -> inUse.context(networks.vertx())));
        listening = TestNetwork.listen(
                server, Acceptors.forData((_, _) -> new Acceptor.Welcomed(new Answer.DataWelcome(0, 1, "r"), _ -> {})));
    }

    @AfterEach
    void close() {
        networks.close();
    }

    @Test
    void when_both_are_of_one_authority_then_they_connect() {
        assertThat(dial(Optional.of(client))).isEqualTo("welcome");
    }

    @Test
    void when_the_client_is_of_another_authority_then_neither_trusts_the_other() {
        assertThat(dial(Optional.of(stranger))).contains("failed", "PKIX path");
    }

    @Test
    void when_only_the_client_is_of_another_authority_then_the_server_refuses_it() {
        TlsFiles trusting = new TlsFiles(stranger.certificate(), stranger.key(), client.authority());

        assertThat(dial(Optional.of(trusting))).contains("failed");
        assertThat(server.refusedConnections()).isEqualTo(1);
    }

    @Test
    void when_a_client_without_tls_calls_then_it_is_refused_at_once() throws IOException {
        long before = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", listening.address().port())) {
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            socket.getInputStream().readAllBytes();
        }

        assertThat(System.nanoTime() - before)
                .isLessThan(TestNetwork.PATIENT.handshakeTimeout().toNanos() / 3);
        assertThat(server.refusedConnections()).isEqualTo(1);
    }

    @Test
    void when_there_are_other_certificates_then_new_connections_use_them() {
        assertThat(dial(Optional.of(stranger))).contains("failed");

        inUse = stranger;

        assertThat(dial(Optional.of(stranger))).isEqualTo("welcome");
        assertThat(dial(Optional.of(client))).contains("failed");
    }

    private String dial(Optional<TlsFiles> files) {
        Network network = networks.open(TestNetwork.PATIENT, files.map(given -> () -> given.context(networks.vertx())));
        BlockingQueue<String> outcome = new LinkedBlockingQueue<>();
        network.dial(network.loop(), listening.address(), HELLO, new DialListener() {
            @Override
            public ConnectionListener onWelcome(Connection connection, Answer.Welcome welcome) {
                outcome.add("welcome");
                return _ -> {};
            }

            @Override
            public void onFailed(Throwable error) {
                outcome.add(error.getMessage());
            }
        });
        return TestNetwork.next(outcome);
    }
}

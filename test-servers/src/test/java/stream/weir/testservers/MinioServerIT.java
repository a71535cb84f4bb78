package stream.weir.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MinioServerIT {
    @TempDir
    Path folder;

    @BeforeAll
    static void needsMinio() {
        assumeTrue(MinioServer.whyNotAvailable().isEmpty(), () -> MinioServer.whyNotAvailable()
                .orElse(""));
    }

    @Test
    void when_killed_and_restarted_then_it_answers_at_the_same_place_and_has_its_buckets() throws IOException {
        try (MinioServer server = MinioServer.start(folder)) {
            server.createBucket("weir");
            URI endpoint = server.endpoint();
            assertThat(status(server)).isEqualTo(403);

            server.kill();
            assertThat(server.isRunning()).isFalse();
            assertThatThrownBy(() -> status(server)).isInstanceOf(IOException.class);
            server.restart();

            assertThat(server.endpoint()).isEqualTo(endpoint);
            assertThat(status(server)).isEqualTo(403);
        }
    }

    @Test
    void when_paused_then_nothing_answers_until_it_is_resumed() throws IOException {
        try (MinioServer server = MinioServer.start(folder)) {
            server.pause();
            assertThatThrownBy(() -> status(server)).isInstanceOf(SocketTimeoutException.class);

            server.resume();
            assertThat(status(server)).isEqualTo(403);
        }
    }

    /** Of a request without a signature. */
    private static int status(MinioServer server) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.endpoint().resolve("/weir").toURL().openConnection();
        connection.setReadTimeout(500);
        return connection.getResponseCode();
    }
}

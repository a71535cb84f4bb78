package stream.weir.benchmarks.processes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

class DistantStoreIT {
    @TempDir
    private Path folder;

    @Test
    void when_the_store_is_far_away_then_requests_and_bytes_take_as_long_as_was_asked_for() throws Exception {
        // given
        WorkloadOptions options = WorkloadOptions.of(Map.of("--store-latency-ms", "20", "--store-mb-per-s", "4"));
        Path file = Files.write(folder.resolve("file"), new byte[1 << 20]);
        try (ObjectStore store = DistantStore.open(options, folder)) {
            // when
            long begin = System.nanoTime();
            store.upload("files/a", file);
            long uploaded = System.nanoTime();
            byte[] read;
            try (InputStream in = store.open("files/a")) {
                read = in.readAllBytes();
            }
            long downloaded = System.nanoTime();
            // then
            assertThat(read).isEqualTo(Files.readAllBytes(file));
            assertThat(Duration.ofNanos(uploaded - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(240));
            assertThat(Duration.ofNanos(downloaded - uploaded)).isGreaterThanOrEqualTo(Duration.ofMillis(240));
        }
    }

    @Test
    void when_nothing_is_said_then_it_is_a_folder() throws Exception {
        try (ObjectStore store = DistantStore.open(WorkloadOptions.of(Map.of()), folder)) {
            store.upload("files/a", "a".getBytes(UTF_8));

            assertThat(store).isInstanceOf(DirectoryStore.class);
            assertThat(folder.resolve("checkpoints").resolve("files").resolve("a"))
                    .hasContent("a");
        }
    }
}

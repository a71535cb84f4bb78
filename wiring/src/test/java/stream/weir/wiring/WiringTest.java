package stream.weir.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.store.open.StoreOptions;
import stream.weir.store.open.StoreSettings.Addressing;

/** What a pipeline says comes to the parts as it was said. */
class WiringTest {
    @Test
    void when_snapshots_go_to_a_bucket_then_the_store_is_told_all_of_it() {
        Snapshots snapshots = new Snapshots(
                "s3://bucket/jobs",
                "minio",
                Optional.of("http://host:9000"),
                Optional.of("r"),
                true,
                Optional.of("keys"));

        assertThat(SnapshotFolders.options(snapshots))
                .isEqualTo(new StoreOptions(
                        "s3://bucket/jobs",
                        "minio",
                        Optional.of("http://host:9000"),
                        Optional.of("r"),
                        Addressing.PATH,
                        Optional.of("keys")));
        assertThat(SnapshotFolders.options(Snapshots.at("s3://bucket")).addressing())
                .isEqualTo(Addressing.HOST);
    }

    @Test
    void when_checkpoints_are_set_then_the_coordinator_does_so_and_keeps_objects_for_longer_than_an_upload() {
        // given
        CheckpointConfig said = new CheckpointConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(3),
                4,
                5,
                6,
                CheckpointConfig.Mode.EXACTLY_ONCE,
                new CheckpointConfig.Alignment(-1, false),
                Snapshots.at("file:x"));
        // when
        CoordinatorConfig config = Coordination.config(said, 64, RestartPolicy.never());
        // then
        assertThat(config)
                .isEqualTo(new CoordinatorConfig(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(3),
                        4,
                        5,
                        6,
                        Duration.ofSeconds(80),
                        64,
                        Duration.ofMillis(500),
                        RestartPolicy.never()));
    }

    @Test
    void when_a_thread_answers_then_it_lives_and_else_the_reason_is_told() {
        Duration patience = Duration.ofSeconds(30);
        CompletableFuture<Boolean> failed = CompletableFuture.failedFuture(new IllegalStateException("boom"));

        assertThat(SignOfLife.missing(CompletableFuture.completedFuture(true), patience, "it"))
                .isEmpty();
        assertThat(SignOfLife.missing(failed, patience, "it")).contains("java.lang.IllegalStateException: boom");
        assertThat(SignOfLife.missing(new CompletableFuture<>(), Duration.ZERO, "the process"))
                .contains("the process has done nothing for 0 s");
    }
}

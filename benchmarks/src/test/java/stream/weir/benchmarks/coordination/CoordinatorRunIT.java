package stream.weir.benchmarks.coordination;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;

@Timeout(180)
class CoordinatorRunIT {
    @TempDir
    private Path folder;

    @Test
    void when_checkpoints_have_been_taken_then_the_last_manifest_in_the_store_has_every_replica_once()
            throws Exception {
        // given
        CoordinatorRun run = new CoordinatorRun(300, 7, 4, 3);
        // when
        CoordinatorRun.Result result = run.in(folder);
        // then
        assertThat(result.nanos()).hasSize(3).allMatch(nanos -> nanos > 0);
        assertThat(result.newest().checkpoint()).isEqualTo(3);
        assertThat(result.newest().replicas())
                .hasSize(300)
                .allMatch(replica -> replica.objects().count() == 4);
        assertThat(result.newest().replicas())
                .extracting(ReplicaSnapshot::stage)
                .containsOnly(IntStream.range(0, 7).mapToObj(i -> "stage-" + i).toArray(String[]::new));
        assertThat(RunCoordinator.checksum(result.newest()).hex()).isEqualTo("82e67b4f8933bcca");
    }
}

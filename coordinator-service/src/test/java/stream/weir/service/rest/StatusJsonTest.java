package stream.weir.service.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.CheckpointView.Status;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.StageView;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;

/**
 * The answer to {@code GET /api/v1/status}, as a file from which the operator's reader is tested: both sides of what images of different
 * versions say to each other. To write it again: {@code mvn -pl coordinator-service -am test -Dtest=StatusJsonTest -Dweir.golden=write}.
 */
final class StatusJsonTest {
    private static final Path GOLDEN = Path.of(System.getProperty("weir.root", ".."))
            .resolve("coordinator-service/src/test/resources/stream/weir/service/rest/status.json");

    @Test
    void when_the_status_is_answered_then_it_is_that_of_the_golden_file() throws IOException {
        // As Quarkus makes it: with the modules that are there.
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        String answer = json.writerWithDefaultPrettyPrinter().writeValueAsString(everything()) + "\n";
        if ("write".equals(System.getProperty("weir.golden"))) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, answer);
        }
        assertThat(GOLDEN).content().isEqualTo(answer);
    }

    private static JobView everything() {
        return new JobView(
                "orders",
                JobView.Phase.RUNNING,
                "STATE_DROPPED: no stage claims the state of old in checkpoint 7; STALLED: stage sum replica 0 has read"
                        + " nothing for 45 s",
                List.of(JobView.Reason.values()),
                3,
                2,
                5_000,
                Map.of("sum", "r1"),
                List.of(stage()),
                new JobView.Checkpoints(
                        Optional.of(checkpoint(7, Status.COMPLETED, Optional.empty())),
                        List.of(checkpoint(9, Status.IN_PROGRESS, Optional.empty())),
                        List.of(checkpoint(8, Status.FAILED, Optional.of(CheckpointFailure.TIMED_OUT))),
                        7,
                        1),
                List.of(new JobView.RecoveryView(3_000, "sum-9 is lost", 3, 6)),
                List.of(new JobView.LostView("sum-9", "sum", "no heartbeat", 4_000)));
    }

    private static StageView stage() {
        StageView.Figures figures = new StageView.Figures(
                900,
                90.5,
                0.4,
                0.1,
                0.5,
                Optional.of(4_500L),
                new StageView.Totals(10_000, 4_000, 1_000),
                Optional.of(12L),
                Map.of("report", 450L),
                Map.of("report", 45.0),
                Map.of());
        return new StageView(
                "sum",
                1,
                List.of(new StageView.ReplicaView(
                        0, Optional.of("sum-0"), Optional.of("host:7"), true, true, false, Optional.of(figures))),
                List.of(new StageView.InstanceView("sum-0", "host:7", "r1", true, Optional.of(0))));
    }

    private static CheckpointView checkpoint(long id, Status status, Optional<CheckpointFailure> failure) {
        return new CheckpointView(
                id,
                status,
                Optional.of(CheckpointKind.values()[0]),
                id * 500,
                20,
                300,
                10,
                Map.of("sum", 300L),
                List.of(),
                failure,
                "");
    }
}

package stream.weir.service.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.CheckpointView.Status;
import stream.weir.coordinator.status.JobView;
import stream.weir.coordinator.status.JobView.Phase;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;

final class JobConditionsTest {
    @ParameterizedTest
    @CsvSource({
        "RUNNING, True/Running, a leads with term 3",
        "RESHAPING, True/Rescaling, a leads with term 3",
        "COMPLETED, True/Completed, all input is processed and its output committed",
        "STARTING, False/Starting, because",
        "RECOVERING, False/Recovering, because",
        "STOPPED, False/Stopped, because",
        "FAILED, False/JobFailed, because",
    })
    void when_a_job_is_in_a_phase_then_ready_says_it(Phase phase, String said, String message) {
        Condition ready = JobConditions.of(job(phase, Stream.of()), "a").getFirst();

        assertThat(ready.getType()).isEqualTo("Ready");
        assertThat(ready.getStatus() + "/" + ready.getReason()).isEqualTo(said);
        assertThat(ready.getMessage()).isEqualTo(message);
    }

    @ParameterizedTest
    @EnumSource(CheckpointFailure.class)
    void when_the_last_checkpoint_failed_then_checkpoints_are_not_healthy_and_it_is_named(CheckpointFailure failure) {
        Condition healthy = healthy(failed(8, failure), completed(7));

        assertThat(healthy.getStatus()).isEqualTo("False");
        assertThat(healthy.getReason())
                .isEqualTo(
                        switch (failure) {
                            case TIMED_OUT -> "TimedOut";
                            case ALIGNMENT_LIMIT_EXCEEDED -> "AlignmentLimitExceeded";
                            default -> "Failing";
                        });
        assertThat(healthy.getMessage()).isEqualTo("checkpoint 8 failed: " + failure + " s-1 is gone");
    }

    @Test
    void when_the_last_checkpoint_is_complete_then_checkpoints_are_healthy_whatever_was_before() {
        assertThat(healthy(completed(9), failed(8, CheckpointFailure.TIMED_OUT)).getStatus())
                .isEqualTo("True");
        assertThat(healthy().getStatus()).as("none yet").isEqualTo("Unknown");
    }

    @Test
    void when_a_checkpoint_is_shown_then_it_is_ready_since_it_was_complete() {
        Manifest manifest =
                new Manifest("sums", 7, 1, 1, 60_000, 2_500, CheckpointKind.PERIODIC, 128, List.of(), List.of());

        assertThat(Views.status(manifest).conditions())
                .extracting(
                        Condition::getType,
                        Condition::getStatus,
                        Condition::getReason,
                        Condition::getLastTransitionTime)
                .containsExactly(
                        tuple("Ready", "True", "Completed", "1970-01-01T00:01:02Z"),
                        tuple("Restorable", "True", "ManifestRead", "1970-01-01T00:01:02Z"));
        assertThat(Views.status(manifest).completedAt())
                .isEqualTo(Instant.ofEpochMilli(62_500).toString());
    }

    private static Condition healthy(CheckpointView... history) {
        return JobConditions.of(job(Phase.RUNNING, Stream.of(history)), "a").getLast();
    }

    private static CheckpointView completed(long id) {
        return new CheckpointView(
                id, Status.COMPLETED, Optional.empty(), 1, 1, 0, 0, Map.of(), List.of(), Optional.empty(), "");
    }

    private static CheckpointView failed(long id, CheckpointFailure why) {
        return new CheckpointView(
                id, Status.FAILED, Optional.empty(), 1, 1, 0, 0, Map.of(), List.of(), Optional.of(why), "s-1 is gone");
    }

    private static JobView job(Phase phase, Stream<CheckpointView> history) {
        return new JobView(
                "sums",
                phase,
                "because",
                List.of(),
                1,
                3,
                1_000,
                Map.of(),
                List.of(),
                new JobView.Checkpoints(Optional.empty(), List.of(), history.toList(), 0, 0),
                List.of(),
                List.of());
    }
}

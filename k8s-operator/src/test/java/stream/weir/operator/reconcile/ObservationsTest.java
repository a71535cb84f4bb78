package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.operator.autoscale.Observation;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Figures;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.job.JobStatus.Replica;
import stream.weir.operator.job.JobStatus.Totals;

final class ObservationsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_000);
    private static final Totals TOTALS = new Totals(10_000, 4_000, 1_000);

    @Test
    void when_the_coordinator_says_counters_then_they_are_what_is_measured() {
        // when
        Observation.Stage in = of(Phase.RUNNING, replica(0, OptionalLong.of(5)), replica(1, OptionalLong.of(7)));
        // then
        assertThat(in.lag()).hasValue(12);
        assertThat(in.stateBytes()).hasValue(300);
        assertThat(in.replicas().getFirst())
                .isEqualTo(new Observation.Replica(
                        0,
                        "pod-0",
                        false,
                        900,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(1),
                        Map.of("sum", 450L)));
    }

    @Test
    void when_one_replica_does_not_know_its_lag_then_nobody_knows_that_of_the_stage() {
        assertThat(of(Phase.RUNNING, replica(0, OptionalLong.of(5)), replica(1, OptionalLong.empty()))
                        .lag())
                .isEmpty();
        assertThat(of(Phase.RUNNING, replica(0, OptionalLong.of(5)), silent(1)).lag())
                .isEmpty();
    }

    @Test
    void when_a_replica_has_said_nothing_then_it_is_not_measured() {
        Observation.Stage in = of(Phase.RUNNING, replica(0, OptionalLong.of(5)), silent(1));
        assertThat(in.running()).isEqualTo(2);
        assertThat(in.replicas()).hasSize(1);
    }

    @Test
    void when_replicas_go_over_to_others_then_it_does_not_run() {
        assertThat(Observations.of(status(Phase.RUNNING), NOW).running()).isTrue();
        assertThat(Observations.of(status(Phase.RESHAPING), NOW).running()).isFalse();
        assertThat(Observations.of(status(Phase.RECOVERING), NOW).running()).isFalse();
    }

    private static Observation.Stage of(Phase phase, Replica... replicas) {
        return Observations.of(status(phase, replicas), NOW).stages().getFirst();
    }

    private static Replica replica(int index, OptionalLong lag) {
        Figures figures = new Figures(
                900, 90, 0.4, 0.1, 0.5, OptionalLong.empty(), Optional.of(TOTALS), lag, Map.of("sum", 450L), Map.of());
        return new Replica(index, Optional.of("pod-" + index), true, true, false, Optional.of(figures));
    }

    private static Replica silent(int index) {
        return new Replica(index, Optional.of("pod-" + index), true, false, false, Optional.empty());
    }

    private static JobStatus status(Phase phase, Replica... replicas) {
        JobStatus.Checkpoint newest =
                new JobStatus.Checkpoint(7, true, "PERIODIC", 0, 0, 300, 10, Map.of("in", 300L), Optional.empty(), "");
        return new JobStatus(
                phase,
                "",
                Set.of(),
                "pod",
                3,
                1,
                0,
                Map.of(),
                List.of(new JobStatus.Stage("in", 2, List.of(replicas), List.of())),
                Optional.of(newest),
                Optional.of(newest),
                0,
                1,
                0,
                List.of(),
                Optional.empty());
    }
}

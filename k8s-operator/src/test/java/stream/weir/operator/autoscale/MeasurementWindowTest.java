package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MeasurementWindowTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final MeasurementWindow window = new MeasurementWindow(Duration.ofSeconds(30));

    @Test
    void when_a_window_is_full_then_rates_and_shares_are_those_of_its_time() {
        look(0, 30, 100, 0.5);

        Measurement measured = measured().orElseThrow();

        assertThat(measured.recordsPerSecond()).isEqualTo(200, within(1e-6));
        assertThat(measured.busy()).isEqualTo(0.5, within(1e-6));
        assertThat(measured.trueRate()).hasValueCloseTo(200.0, within(1e-6));
        assertThat(measured.sentPerSecond().getOrDefault("next", 0.0)).isEqualTo(20, within(1e-6));
    }

    @Test
    void when_less_than_a_window_was_seen_then_nothing_is_measured() {
        look(0, 20, 100, 0.5);

        assertThat(measured()).isEmpty();
    }

    @Test
    void when_a_new_run_begins_then_it_is_measured_alone() {
        look(0, 30, 100, 0.5);

        window.add(seen(35, 2, replica(0, "a", 5, 100, 0.5), replica(1, "b", 5, 100, 0.5)));

        assertThat(measured()).isEmpty();
    }

    @Test
    void when_time_goes_backwards_then_everything_begins_anew() {
        look(100, 130, 100, 0.5);

        window.add(seen(50, 1, replica(0, "a", 50, 100, 0.5)));

        assertThat(measured()).isEmpty();
    }

    @Test
    void when_a_replica_moves_to_another_process_then_its_counters_are_not_compared() {
        // given
        look(0, 20, 100, 0.5);
        // when: its counters began anew
        for (int at = 25; at <= 40; at += 5) {
            window.add(seen(at, 1, replica(0, "a", at, 100, 0.5), replica(1, "c", at - 20, 400, 0.5)));
        }
        // then
        assertThat(measured().orElseThrow().recordsPerSecond()).isBetween(199.0, 900.0);
    }

    @Test
    void when_a_replica_is_missing_then_it_is_taken_to_be_like_the_other() {
        for (int at = 0; at <= 30; at += 5) {
            window.add(seen(at, 1, replica(0, "a", at, 100, 0.5)));
        }

        assertThat(measured().orElseThrow().recordsPerSecond()).isEqualTo(200, within(1e-6));
    }

    @Test
    void when_one_figure_is_absurd_then_it_is_left_out() {
        // given
        for (int at = 0; at <= 30; at += 5) {
            long more = at >= 20 ? 50_000_000 : 0;
            Observation.Replica odd = new Observation.Replica(
                    0, "a", false, 100L * at + more, seconds(at), seconds(at / 2.0), Duration.ZERO, Map.of());
            window.add(seen(at, 1, odd, replica(1, "b", at, 100, 0.5)));
        }
        // then
        assertThat(measured().orElseThrow().recordsPerSecond()).isEqualTo(200, within(1e-6));
    }

    @Test
    void when_times_cannot_be_true_then_they_are_left_out() {
        for (int at = 0; at <= 30; at += 5) {
            Observation.Replica odd = new Observation.Replica(
                    0, "a", false, 100L * at, seconds(at), seconds(at * 3.0), Duration.ZERO, Map.of());
            window.add(seen(at, 1, odd, replica(1, "b", at, 100, 0.5)));
        }

        assertThat(measured().orElseThrow().loads()).hasSize(1);
    }

    @Test
    void when_the_lag_grows_then_one_wrong_point_does_not_matter() {
        for (int at = 0; at <= 30; at += 5) {
            long lag = at == 15 ? 1_000_000 : 10L * at;
            Observation.Stage stage = new Observation.Stage(
                    "stage", 1, 1, OptionalLong.empty(), OptionalLong.of(lag), List.of(replica(0, "a", at, 1, 0.1)));
            window.add(new Observation(BEGIN.plusSeconds(at), 1, true, List.of(stage)));
        }

        assertThat(measured().orElseThrow().lagGrowth()).hasValueCloseTo(10.0, within(0.5));
    }

    @Test
    void when_asked_every_millisecond_then_memory_is_bounded_and_nothing_breaks() {
        for (int at = 0; at < 40_000; at++) {
            window.add(new Observation(BEGIN.plusMillis(at), 1, true, List.of()));
        }

        assertThat(measured()).isEmpty();
    }

    private void look(int from, int to, double rate, double busy) {
        for (int at = from; at <= to; at += 5) {
            window.add(seen(at, 1, replica(0, "a", at, rate, busy), replica(1, "b", at, rate, busy)));
        }
    }

    private Optional<Measurement> measured() {
        return window.measured("stage", Duration.ofSeconds(30), Duration.ZERO);
    }

    private static Observation seen(int at, long run, Observation.Replica... replicas) {
        List<Observation.Replica> all = new ArrayList<>(List.of(replicas));
        return new Observation(
                BEGIN.plusSeconds(at),
                run,
                true,
                List.of(new Observation.Stage("stage", 2, 2, OptionalLong.empty(), OptionalLong.empty(), all)));
    }

    private static Observation.Replica replica(int index, String instance, double up, double rate, double busy) {
        return new Observation.Replica(
                index,
                instance,
                false,
                Math.round(up * rate),
                seconds(up),
                seconds(up * busy),
                Duration.ZERO,
                Map.of("next", Math.round(up * rate / 10)));
    }

    private static Duration seconds(double seconds) {
        return Durations.ofSeconds(seconds);
    }
}

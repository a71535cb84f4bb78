package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.BY_KEY;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stream.weir.operator.autoscale.PipelineShape.Input;
import stream.weir.operator.autoscale.PipelineShape.StageShape;
import stream.weir.operator.autoscale.ScalingCondition.Status;

/** A source that reads what comes, and a keyed stage that does 1,000 records a second in each replica. */
final class AutoscalerTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final PipelineShape SHAPE = new PipelineShape(
            128,
            List.of(
                    new StageShape("reads", List.of(), false, OptionalInt.empty()),
                    new StageShape("counts", List.of(new Input("reads", BY_KEY)), false, OptionalInt.empty())));

    private final Autoscaler autoscaler = autoscaler("Auto");
    private int wanted = 1;
    private int running = 1;
    private long run = 1;
    private int seconds;
    private int runBegan;
    private double capacity = 1_000;
    private double records;
    private double busy;
    private double blocked;
    private double lag;

    @Test
    void when_more_comes_for_long_enough_then_more_replicas_are_asked_for_with_all_that_status_shows() {
        ScalingDecision decision = until(autoscaler, 1_900, 120);

        assertThat(decision.apply()).containsExactly(Map.entry("counts", 3));
        assertThat(decision.predictedPause()).isPositive();
        StageAdvice advice = decision.stage("counts").orElseThrow();
        assertThat(advice.replicas()).isEqualTo(1);
        assertThat(advice.recommended()).isEqualTo(3);
        assertThat(advice.reason()).isEqualTo(ScalingReason.LOAD_ABOVE_TARGET);
        assertThat(advice.conditions().getFirst().status()).isEqualTo(Status.TRUE);
        assertThat(advice.message()).contains("1900 records/s", "3 replicas instead of 1");
    }

    @Test
    void when_the_mode_is_recommend_then_it_is_only_said() {
        Autoscaler recommends = autoscaler("Recommend");

        ScalingDecision decision = until(recommends, 1_900, 300);

        assertThat(decision.apply()).isEmpty();
        StageAdvice advice = decision.stage("counts").orElseThrow();
        assertThat(advice.recommended()).isEqualTo(3);
        assertThat(advice.predictedPause()).isPositive();
        assertThat(advice.conditions().getFirst().reason()).isEqualTo(ScalingReason.RECOMMENDING);
    }

    @Test
    void when_the_answer_was_lost_then_it_is_asked_for_again_after_the_cooldown_and_not_before() {
        // given
        until(autoscaler, 1_900, 120);
        int asked = seconds;
        // when
        ScalingDecision again = until(autoscaler, 1_900, 300);
        // then
        assertThat(again.apply()).containsExactly(Map.entry("counts", 3));
        assertThat(seconds - asked).isGreaterThan(60);
    }

    @Test
    void when_somebody_scales_by_hand_then_the_windows_begin_anew() {
        // given
        until(autoscaler, 700, 100);
        // when
        scaled(4);
        int scaled = seconds;
        ScalingDecision decision = until(autoscaler, 700, 900);
        // then
        assertThat(decision.apply()).containsExactly(Map.entry("counts", 2));
        assertThat(seconds - scaled).isGreaterThanOrEqualTo(300);
    }

    @Test
    void when_the_pipeline_does_not_run_then_nothing_is_decided() {
        until(autoscaler, 1_900, 50);

        ScalingDecision decision = autoscaler.step(new Observation(at(), run, false, List.of()));

        assertThat(decision.apply()).isEmpty();
        assertThat(decision.stage("counts").orElseThrow().reason()).isEqualTo(ScalingReason.NOT_RUNNING);
    }

    @Test
    void when_the_processing_stands_still_then_an_outage_is_not_taken_for_little_load() {
        // given
        scaled(4);
        until(autoscaler, 3_000, 100);
        // when: what it writes to is gone
        ScalingDecision last = until(autoscaler, 0, 1_000);
        // then
        assertThat(last.apply()).isEmpty();
        assertThat(last.stage("counts").orElseThrow().reason()).isEqualTo(ScalingReason.NO_PROGRESS);
    }

    @Test
    void when_a_scaling_up_gives_nothing_then_it_is_not_repeated() {
        // given
        until(autoscaler, 1_900, 120);
        scaled(3);
        // when: three replicas do together what one did
        capacity = 333;
        ScalingDecision last = until(autoscaler, 1_900, 900);
        // then
        assertThat(last.apply()).isEmpty();
        assertThat(last.stage("counts").orElseThrow().reason()).isEqualTo(ScalingReason.INEFFECTIVE);
        assertThat(last.stage("counts").orElseThrow().isLimited()).isTrue();
    }

    /** Looks every five seconds, until something is to be done. */
    private ScalingDecision until(Autoscaler scaler, double load, int forSeconds) {
        ScalingDecision decision = scaler.step(seen(load));
        for (int end = seconds + forSeconds; seconds < end && decision.apply().isEmpty(); ) {
            seconds += 5;
            decision = scaler.step(seen(load));
        }
        return decision;
    }

    private void scaled(int count) {
        wanted = count;
        running = count;
        run++;
        seconds += 5;
        runBegan = seconds - 1;
        records = 0;
        busy = 0;
        blocked = 0;
        lag = 0;
    }

    private Observation seen(double load) {
        double done = Math.min(load, capacity * running);
        double worked = load == 0 ? 1 : done / capacity / running;
        records += 5 * done;
        busy += 5 * worked;
        blocked += load == 0 || load > done ? 4 : 0;
        lag += 5 * (load == 0 ? 100 : load - done);
        Observation.Stage reads = new Observation.Stage(
                "reads",
                1,
                1,
                OptionalLong.empty(),
                OptionalLong.of(Math.round(lag)),
                List.of(replica(0, "reads", records, done / 10_000 * (seconds - runBegan), blocked)));
        Observation.Stage counts = new Observation.Stage(
                "counts",
                wanted,
                running,
                OptionalLong.of(200_000_000),
                OptionalLong.empty(),
                IntStream.range(0, running)
                        .mapToObj(index -> replica(index, "counts", records / running, busy, 0))
                        .toList());
        return new Observation(at(), run, true, List.of(reads, counts));
    }

    private Observation.Replica replica(int index, String stage, double read, double worked, double held) {
        return new Observation.Replica(
                index,
                stage + index,
                false,
                Math.round(read),
                Duration.ofSeconds(seconds - runBegan + 1),
                Durations.ofSeconds(worked),
                Durations.ofSeconds(held),
                stage.equals("reads") ? Map.of("counts", Math.round(read)) : Map.of());
    }

    private Instant at() {
        return BEGIN.plusSeconds(seconds);
    }

    private static Autoscaler autoscaler(String mode) {
        ScalingSettings settings = SettingsReader.read(
                        "scale", Map.of("mode", mode, "warmUp", "10s", "max", 10), ScalingSettings.defaults(), 128)
                .settings();
        return Autoscaler.of(SHAPE, Map.of("reads", settings, "counts", settings));
    }
}

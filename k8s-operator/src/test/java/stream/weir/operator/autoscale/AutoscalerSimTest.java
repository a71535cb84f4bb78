package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.BY_KEY;
import static stream.weir.operator.autoscale.PipelineShape.Distribution.REBALANCE;

import java.time.Duration;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import stream.weir.operator.autoscale.SimulatedPipeline.Scaling;
import stream.weir.operator.autoscale.SimulatedStage.Costs;

/**
 * Shapes of load on a pipeline of three stages, of which the second is keyed: a replica of it does 1,000 records a second. For many
 * seeds; more of them with {@code -Dweir.autoscale.seeds=200}.
 */
final class AutoscalerSimTest {
    private static final long SEEDS = Long.getLong("weir.autoscale.seeds", 4);
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    @Test
    void when_the_load_steps_up_and_down_then_the_count_follows_once_each_way() {
        forEachSeed(seed -> {
            // given
            SimulatedPipeline pipeline = ordinary(seed, Costs.of(0.001));
            DoubleUnaryOperator load = at -> at > 10 * MINUTE && at < 30 * MINUTE ? 2000 : 500;
            // when
            pipeline.runFor(HOUR, load);
            // then: 2000 / 700 is 3
            assertThat(pipeline.reached("counts", 3, 10 * MINUTE)).isLessThan(10 * MINUTE + 100);
            assertThat(pipeline.most("counts", 0, HOUR)).isEqualTo(3);
            assertThat(pipeline.least("counts", 13 * MINUTE, 30 * MINUTE)).isEqualTo(3);
            assertThat(pipeline.mostLag(18 * MINUTE, 30 * MINUTE)).isLessThan(4000);
            assertThat(pipeline.least("counts", 42 * MINUTE, HOUR)).isEqualTo(1);
            assertThat(pipeline.most("counts", 42 * MINUTE, HOUR)).isEqualTo(1);
            assertThat(pipeline.scalings()).hasSizeLessThanOrEqualTo(3);
        });
    }

    @Test
    void when_the_load_grows_slowly_then_the_counts_grow_with_it_and_little_waits() {
        forEachSeed(seed -> {
            // given
            SimulatedPipeline pipeline = ordinary(seed, Costs.of(0.001));
            // when
            pipeline.runFor(HOUR, at -> 500 + 5000 * Math.clamp((at - 10 * MINUTE) / (30 * MINUTE), 0, 1));
            // then: 5500 / 700 is 8, 5500 / 850 is 6.5
            assertThat(pipeline.count("counts")).isBetween(7, 9);
            assertThat(pipeline.most("counts", 0, HOUR)).isLessThanOrEqualTo(9);
            assertThat(pipeline.mostLag(0, HOUR)).isLessThan(30_000);
            assertThat(pipeline.mostLag(50 * MINUTE, HOUR)).isLessThan(10_000);
            assertThat(pipeline.scalings()).hasSizeLessThanOrEqualTo(12);
            assertThat(pipeline.scalings()).allMatch(Scaling::isUp);
        });
    }

    @Test
    void when_the_load_goes_up_and_down_daily_then_counts_follow_without_flapping() {
        forEachSeed(seed -> {
            // given: a day of six hours
            SimulatedPipeline pipeline = ordinary(seed, Costs.of(0.001));
            DoubleUnaryOperator load = at -> 2500 - 2000 * Math.cos(at / (6 * HOUR) * 2 * Math.PI);
            // when
            pipeline.runFor(12 * HOUR, load);
            // then
            double ideal = 2500 / 700.0;
            assertThat(pipeline.mean("counts", 6 * HOUR, 12 * HOUR)).isBetween(ideal, ideal + 1.2);
            assertThat(pipeline.mostLag(20 * MINUTE, 12 * HOUR)).isLessThan(20_000);
            assertThat(pipeline.scalings()).hasSizeLessThanOrEqualTo(44);
            assertThat(turns(pipeline)).isLessThanOrEqualTo(6);
        });
    }

    @Test
    void when_the_load_stays_then_the_count_stays() {
        forEachSeed(seed -> {
            // given: every load from idle to full, noisy
            double load = 200 + seed * 137 % 6000;
            SimulatedPipeline pipeline = ordinary(seed, Costs.of(0.001).noise(0.3));
            // when
            pipeline.runFor(3 * HOUR, at -> load * (1 + 0.1 * Math.sin(at / 7) + 0.05 * Math.sin(at / 61)));
            // then
            assertThat(pipeline.scalingsAfter(HOUR)).as("load %s", load).isEmpty();
            assertThat(pipeline.scalings()).hasSizeLessThanOrEqualTo(6);
            assertThat(pipeline.count("counts"))
                    .isBetween((int) Math.ceil(load / 950), (int) Math.ceil(load / 550) + 1);
            assertThat(pipeline.mostLag(HOUR, 3 * HOUR)).isLessThan(load * 3 + 100);
        });
    }

    @Test
    void when_one_key_is_most_of_the_load_then_no_more_replicas_are_taken_than_help() {
        forEachSeed(seed -> {
            // given: one key alone is more than a replica does
            SimulatedPipeline pipeline = ordinary(seed, Costs.of(0.001).hotPart(0.6));
            // when
            pipeline.runFor(2 * HOUR, _ -> 2000);
            // then
            assertThat(pipeline.most("counts", 0, 2 * HOUR)).isBetween(2, 4);
            assertThat(pipeline.most("reads", 0, 2 * HOUR)).isLessThanOrEqualTo(2);
            assertThat(pipeline.scalings()).hasSizeLessThanOrEqualTo(4);
            assertThat(pipeline.last().stage("counts").orElseThrow().isLimited())
                    .isTrue();
            assertThat(pipeline.last().stage("counts").orElseThrow().reason()).isEqualTo(ScalingReason.HOT_KEYS);
        });
    }

    @Test
    void when_what_is_written_to_takes_no_more_then_it_is_tried_once_and_remembered() {
        forEachSeed(seed -> {
            // given
            SimulatedPipeline pipeline = new SimulatedPipeline(seed, 128)
                    .source("reads", Costs.of(0.0002), 1)
                    .stage("counts", "reads", BY_KEY, Costs.of(0.0005), 1)
                    .sink("writes", "counts", Costs.of(0.0005).outsideLimit(800), 1);
            settings(pipeline, auto());
            // when
            pipeline.runFor(15 * MINUTE, _ -> 1000);
            // then
            assertThat(pipeline.scalings()).hasSize(1);
            assertThat(pipeline.last().stage("writes").orElseThrow().reason()).isEqualTo(ScalingReason.OUTSIDE_LIMIT);
            // when: less comes in, and then more again
            pipeline.runFor(25 * MINUTE, _ -> 300);
            // then
            assertThat(pipeline.count("writes")).isEqualTo(1);
            // when
            pipeline.runFor(10 * MINUTE, _ -> 1000);
            // then
            assertThat(pipeline.count("writes")).isEqualTo(1);
            assertThat(pipeline.scalings()).hasSize(2);
        });
    }

    @Test
    void when_pods_come_late_then_nothing_else_is_decided_before() {
        forEachSeed(seed -> {
            // given
            SimulatedPipeline pipeline =
                    ordinary(seed, Costs.of(0.001)).pods(120).pause(10);
            // when
            pipeline.runFor(HOUR, at -> at > 10 * MINUTE ? 2000 : 500);
            // then
            assertThat(pipeline.count("counts")).isBetween(3, 4);
            assertThat(pipeline.scalings()).hasSizeLessThanOrEqualTo(3);
            assertThat(pipeline.mostLag(40 * MINUTE, HOUR)).isLessThan(10_000);
        });
    }

    @Test
    void when_pods_never_come_then_the_old_count_is_asked_for_again() {
        forEachSeed(seed -> {
            // given
            SimulatedPipeline pipeline = ordinary(seed, Costs.of(0.001)).pods(Double.POSITIVE_INFINITY);
            // when
            pipeline.runFor(30 * MINUTE, at -> at > 5 * MINUTE ? 2000 : 500);
            // then
            assertThat(pipeline.scalings()).hasSize(2);
            assertThat(pipeline.scalings().getLast().to())
                    .isEqualTo(pipeline.scalings().getFirst().from());
            assertThat(pipeline.last().stage("counts").orElseThrow().reason()).isEqualTo(ScalingReason.PODS_MISSING);
        });
    }

    private static SimulatedPipeline ordinary(long seed, Costs keyed) {
        SimulatedPipeline pipeline = new SimulatedPipeline(seed, 128)
                .source("reads", Costs.of(0.0002), 1)
                .stage("counts", "reads", BY_KEY, keyed.selectivity(0.5), 1)
                .stage("writes", "counts", REBALANCE, Costs.of(0.0002), 1);
        return settings(pipeline, auto());
    }

    private static SimulatedPipeline settings(SimulatedPipeline pipeline, ScalingSettings all) {
        return pipeline.settings("reads", all).settings("counts", all).settings("writes", all);
    }

    private static ScalingSettings auto() {
        ScalingSettings or = ScalingSettings.defaults();
        return new ScalingSettings(
                ScalingMode.AUTO,
                1,
                12,
                or.targetUtilization(),
                or.tolerance(),
                or.window(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                or.scaleDownWindow(),
                or.scaleUpCooldown(),
                or.scaleDownCooldown(),
                or.catchUp(),
                or.maxScaleUpFactor(),
                or.maxScaleDownFactor(),
                or.ineffectiveFor());
    }

    /** How often scaling up followed scaling down, or the other way round. */
    private static int turns(SimulatedPipeline pipeline) {
        int turns = 0;
        for (int next = 1; next < pipeline.scalings().size(); next++) {
            boolean before = pipeline.scalings().get(next - 1).isUp();
            turns += before == pipeline.scalings().get(next).isUp() ? 0 : 1;
        }
        return turns;
    }

    private static void forEachSeed(LongConsumer test) {
        LongStream.rangeClosed(1, SEEDS).forEach(seed -> {
            try {
                test.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("With seed " + seed + ": " + e.getMessage(), e);
            }
        });
    }
}

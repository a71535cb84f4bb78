package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import stream.weir.operator.autoscale.PipelineShape.Distribution;
import stream.weir.operator.autoscale.SimulatedStage.Costs;

/**
 * Random graphs, costs and steps of load: counts settle, are enough, and are not many more than needed. More of them with {@code
 * -Dweir.autoscale.pipelines=1000}.
 */
final class RandomPipelinesSimTest {
    private static final long PIPELINES = Long.getLong("weir.autoscale.pipelines", 12);
    private static final double MINUTE = 60;
    private static final double SETTLED = 30 * MINUTE;
    private static final double HOUR = 3600;
    private static final int MAX = 16;

    @Test
    void when_the_load_of_any_pipeline_steps_then_its_counts_settle_near_the_ideal() {
        for (long seed = 1; seed <= PIPELINES; seed++) {
            // given
            Drawn drawn = Drawn.of(seed);
            for (double part : new double[] {drawn.first(), drawn.second()}) {
                double load = part * drawn.mostLoad();
                double begin = drawn.pipeline().seconds();
                // when
                drawn.pipeline().runFor(HOUR, _ -> load);
                // then
                String which = "seed " + seed + ", load " + load + " from " + begin;
                // A load on an edge of the tolerance may go over it late, by its noise, but only once.
                assertThat(drawn.pipeline().scalingsAfter(begin + SETTLED))
                        .as(which)
                        .hasSizeLessThanOrEqualTo(1);
                assertThat(drawn.pipeline().mostLag(begin + SETTLED, begin + HOUR))
                        .as(which)
                        .isLessThan(load * drawn.sources() * 4 + 200);
                drawn.perRecord().forEach((stage, seconds) -> {
                    double busy = load * seconds;
                    int most = (int) Math.max(Math.ceil(busy / 0.5), Math.ceil(busy / 0.7) + 1);
                    assertThat(drawn.pipeline().count(stage))
                            .as(which + ", stage " + stage + " would keep " + busy + " busy")
                            .isBetween((int) Math.ceil(busy / 0.97), most);
                });
            }
        }
    }

    /**
     * A pipeline that was drawn from a seed.
     *
     * @param perRecord seconds of work of a stage for each record that comes to each source
     * @param first part of the greatest load, and {@code second}: then
     */
    record Drawn(SimulatedPipeline pipeline, Map<String, Double> perRecord, int sources, double first, double second) {
        static Drawn of(long seed) {
            RandomGenerator random = new SplittableRandom(seed);
            SimulatedPipeline pipeline = new SimulatedPipeline(seed, 128);
            Map<String, Double> rates = new HashMap<>();
            Map<String, Double> perRecord = new HashMap<>();
            List<String> open = new ArrayList<>();
            int sources = 1 + random.nextInt(2);
            for (int index = 0; index < sources; index++) {
                Costs costs = costs(random);
                pipeline.source("source-" + index, costs, 1);
                rates.put("source-" + index, costs.selectivity());
                perRecord.put("source-" + index, costs.secondsPerRecord());
                open.add("source-" + index);
            }
            int stages = 1 + random.nextInt(4);
            for (int index = 0; index < stages; index++) {
                String name = "stage-" + index;
                Costs costs = costs(random);
                List<String> from = index == 0 ? List.copyOf(open) : List.of("stage-" + (index - 1));
                pipeline.stage(name, from, any(random), costs, 1 + random.nextInt(4));
                double comes = from.stream()
                        .mapToDouble(input -> rates.getOrDefault(input, 0.0))
                        .sum();
                rates.put(name, comes * costs.selectivity());
                perRecord.put(name, comes * costs.secondsPerRecord());
            }
            perRecord.keySet().forEach(stage -> pipeline.settings(stage, settings()));
            return new Drawn(
                    pipeline, perRecord, sources, 0.05 + 0.95 * random.nextDouble(), 0.05 + 0.95 * random.nextDouble());
        }

        /** With which the busiest stage needs nearly all replicas that it may have. */
        double mostLoad() {
            return MAX
                    * 0.65
                    / perRecord.values().stream()
                            .mapToDouble(each -> each)
                            .max()
                            .orElse(1);
        }

        private static Costs costs(RandomGenerator random) {
            double seconds = 0.0002 * Math.pow(20, random.nextDouble());
            return Costs.of(seconds)
                    .selectivity(0.2 + 1.3 * random.nextDouble())
                    .noise(0.2 * random.nextDouble());
        }

        private static Distribution any(RandomGenerator random) {
            return random.nextBoolean() ? Distribution.BY_KEY : Distribution.REBALANCE;
        }

        private static ScalingSettings settings() {
            return SettingsReader.read(
                            "scale",
                            Map.of("mode", "Auto", "max", MAX, "warmUp", "10s", "catchUp", "5m"),
                            ScalingSettings.defaults(),
                            128)
                    .settings();
        }
    }
}

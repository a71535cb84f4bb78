package stream.weir.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import stream.weir.operator.autoscale.ScalingMode;
import stream.weir.operator.autoscale.ScalingReason;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.protocol.metric.Metric;

/** What the autoscaler says, as figures. */
class ScalingMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScalingMetrics metrics = new ScalingMetrics(registry);

    @Test
    void when_more_is_recommended_than_there_is_then_the_figure_is_what_is_recommended() {
        metrics.show("shop", "orders", List.of(advice("sum", 4, ScalingReason.LOAD_ABOVE_TARGET)));

        assertThat(shown(Metric.SCALING_RECOMMENDED)).containsExactly("shop/orders/sum 4");
        assertThat(shown(Metric.SCALING_REASON)).containsExactly("shop/orders/sum LoadAboveTarget 1");
    }

    @Test
    void when_the_advice_changes_then_nothing_of_the_earlier_one_stays() {
        metrics.show("shop", "orders", List.of(advice("sum", 4, ScalingReason.LOAD_ABOVE_TARGET)));

        metrics.show("shop", "orders", List.of(advice("sum", 2, ScalingReason.WITHIN_TARGET)));

        assertThat(shown(Metric.SCALING_RECOMMENDED)).containsExactly("shop/orders/sum 2");
        assertThat(shown(Metric.SCALING_REASON)).containsExactly("shop/orders/sum WithinTarget 1");
    }

    @Test
    void when_pipelines_have_the_same_name_in_two_namespaces_then_each_has_its_figures() {
        metrics.show("shop", "orders", List.of(advice("sum", 4, ScalingReason.HOT_KEYS)));
        metrics.show("trial", "orders", List.of(advice("sum", 1, ScalingReason.NO_FIGURES)));

        metrics.show("trial", "orders", List.of());

        assertThat(shown(Metric.SCALING_RECOMMENDED)).containsExactly("shop/orders/sum 4");
        assertThat(shown(Metric.SCALING_REASON)).containsExactly("shop/orders/sum HotKeys 1");
    }

    @Test
    void when_there_is_no_advice_any_more_then_nothing_is_shown() {
        metrics.show("shop", "orders", List.of(advice("sum", 4, ScalingReason.TIED)));

        metrics.show("shop", "orders", List.of());

        assertThat(registry.getMeters()).isEmpty();
    }

    private Set<String> shown(Metric metric) {
        return registry.find(metric.id()).gauges().stream()
                .map(ScalingMetricsTest::line)
                .collect(Collectors.toSet());
    }

    private static String line(Gauge gauge) {
        String reason = Optional.ofNullable(gauge.getId().getTag("reason"))
                .map(" "::concat)
                .orElse("");
        return String.join(
                        "/",
                        gauge.getId().getTag("namespace"),
                        gauge.getId().getTag("pipeline"),
                        gauge.getId().getTag("stage"))
                + reason + " " + Math.round(gauge.value());
    }

    private static StageAdvice advice(String stage, int recommended, ScalingReason reason) {
        return new StageAdvice(
                stage,
                ScalingMode.RECOMMEND,
                2,
                recommended,
                reason,
                reason.sentence(),
                Optional.empty(),
                Duration.ZERO,
                List.of());
    }
}

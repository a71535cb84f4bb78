package stream.weir.operator.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.protocol.metric.Metric;

/**
 * What the autoscaler says, for Prometheus. Only the operator that leads looks at pipelines, and so only it exports this. Any thread; one
 * pipeline is shown by one thread at a time.
 */
@Singleton
class ScalingMetrics {
    private final MeterRegistry registry;
    private final ConcurrentMap<Pipeline, Gauges> pipelines = new ConcurrentHashMap<>();

    private record Pipeline(String namespace, String name) {}

    private record Gauges(MultiGauge recommended, MultiGauge reasons) {
        void show(List<StageAdvice> advice) {
            recommended.register(
                    advice.stream()
                            .map(one -> Row.of(Tags.of("stage", one.stage()), one.recommended()))
                            .toList(),
                    true);
            reasons.register(
                    advice.stream()
                            .map(one -> Row.of(
                                    Tags.of(
                                            "stage",
                                            one.stage(),
                                            "reason",
                                            one.reason().word()),
                                    1))
                            .toList(),
                    true);
        }
    }

    @Inject
    ScalingMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** In place of what was said of the pipeline before. @param advice for its stages; empty when there is none, or no pipeline */
    void show(String namespace, String pipeline, List<StageAdvice> advice) {
        Pipeline of = new Pipeline(namespace, pipeline);
        if (advice.isEmpty()) {
            Gauges before = pipelines.remove(of);
            if (before != null) {
                before.show(List.of());
            }
            return;
        }
        pipelines.computeIfAbsent(of, this::gauges).show(advice);
    }

    private Gauges gauges(Pipeline of) {
        return new Gauges(gauge(Metric.SCALING_RECOMMENDED, of), gauge(Metric.SCALING_REASON, of));
    }

    private MultiGauge gauge(Metric metric, Pipeline of) {
        return MultiGauge.builder(metric.id())
                .description(metric.meaning())
                .tags("namespace", of.namespace(), "pipeline", of.name())
                .register(registry);
    }
}

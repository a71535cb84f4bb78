package stream.weir.stage.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.ToLongFunction;
import stream.weir.network.Network;
import stream.weir.runtime.stage.ReplicaMetrics;
import stream.weir.stage.StageProcess.Observation;

/** Figures of the replica that the process is, for Prometheus. Counters begin anew with each run. */
@ApplicationScoped
class StageMetrics {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final StageService service;
    private final MeterRegistry registry;
    private final StageIdentity identity;
    private final Network network;

    @Inject
    StageMetrics(StageService service, MeterRegistry registry, StageIdentity identity, Network network) {
        this.service = service;
        this.registry = registry;
        this.identity = identity;
        this.network = network;
    }

    void register(@Observes StartupEvent event) {
        Tags tags = Tags.of("pipeline", identity.pipeline(), "stage", identity.stage());
        counter("weir.stage.records", "Records read", tags, 1, ReplicaMetrics::records);
        counter("weir.stage.idle.seconds", "Time without anything to do", tags, NANOS, ReplicaMetrics::idleNanos);
        counter(
                "weir.stage.blocked.seconds",
                "Time waiting for credit: back-pressure",
                tags,
                NANOS,
                ReplicaMetrics::blockedNanos);
        Gauge.builder("weir.stage.watermark.seconds", this, StageMetrics::watermarkSeconds)
                .description("Event time, seconds since the epoch")
                .tags(tags)
                .register(registry);
        Gauge.builder("weir.stage.replica", this, StageMetrics::replica)
                .description("Index of the replica that the process is; -1 when it is none")
                .tags(tags)
                .register(registry);
        Gauge.builder("weir.stage.run", this, StageMetrics::run)
                .description("The run of the replica; 0 when there is none")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("weir.network.refused.connections", network, Network::refusedConnections)
                .description("Connections that were refused")
                .tags(tags)
                .register(registry);
    }

    private void counter(String name, String meaning, Tags tags, double unit, ToLongFunction<ReplicaMetrics> value) {
        FunctionCounter.builder(name, this, metrics -> metrics.read(value) / unit)
                .description(meaning)
                .tags(tags)
                .register(registry);
    }

    private double read(ToLongFunction<ReplicaMetrics> value) {
        return service.observation()
                .map(Observation::metrics)
                .map(metrics -> (double) value.applyAsLong(metrics))
                .orElse(0.0);
    }

    private double watermarkSeconds() {
        Optional<Long> watermark =
                service.observation().map(seen -> seen.metrics().watermark());
        return watermark
                .filter(millis -> millis != Long.MIN_VALUE && millis != Long.MAX_VALUE)
                .map(millis -> millis / MILLIS)
                .orElse(Double.NaN);
    }

    private double replica() {
        return service.observation().map(seen -> seen.replica().index()).orElse(-1);
    }

    private double run() {
        return service.observation().map(seen -> seen.fence().run()).orElse(0L);
    }
}

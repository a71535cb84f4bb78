package stream.weir.stage.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import stream.weir.network.Network;
import stream.weir.protocol.metric.Metric;
import stream.weir.runtime.stage.InputTraffic;
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
    private final ProcessMemory memory;

    @Inject
    StageMetrics(
            StageService service,
            MeterRegistry registry,
            StageIdentity identity,
            Network network,
            ProcessMemory memory) {
        this.service = service;
        this.registry = registry;
        this.identity = identity;
        this.network = network;
        this.memory = memory;
    }

    void register(@Observes StartupEvent event) {
        counter(Metric.STAGE_RECORDS, ReplicaMetrics::records);
        counter(Metric.STAGE_SENT_RECORDS, metrics -> sum(metrics.sent(), ""));
        counter(Metric.STAGE_SENT_BYTES, ReplicaMetrics::sentBytes);
        counter(
                Metric.STAGE_READ_BYTES,
                metrics -> metrics.traffic().map(InputTraffic::bytes).orElse(0L));
        counter(Metric.STAGE_LATE, metrics -> sum(metrics.counts(), ".late"));
        counter(Metric.STAGE_SKIPPED, metrics -> sum(metrics.counts(), ".skipped"));
        seconds(Metric.STAGE_IDLE, seen -> seen.metrics().idleNanos());
        seconds(Metric.STAGE_BLOCKED, seen -> seen.metrics().blockedNanos());
        seconds(Metric.STAGE_BUSY, StageMetrics::busyNanos);
        gauge(
                Metric.STAGE_WATERMARK,
                () -> watermarkMillis().map(millis -> millis / MILLIS).orElse(Double.NaN));
        gauge(Metric.STAGE_WATERMARK_LAG, () -> watermarkMillis()
                .map(millis -> Math.max(0, System.currentTimeMillis() - millis) / MILLIS)
                .orElse(Double.NaN));
        gauge(
                Metric.STAGE_SOURCE_LAG,
                () -> observed(
                        seen -> seen.metrics().lag().map(Long::doubleValue).orElse(Double.NaN)));
        gauge(
                Metric.STAGE_HOT_KEY_GROUP,
                () -> observed(seen -> seen.metrics()
                        .traffic()
                        .flatMap(InputTraffic::greatest)
                        .map(InputTraffic.KeyGroupShare::share)
                        .orElse(Double.NaN)));
        gauge(
                Metric.STAGE_REPLICA,
                () -> service.observation().map(seen -> seen.replica().index()).orElse(-1));
        gauge(
                Metric.STAGE_RUN,
                () -> service.observation().map(seen -> seen.fence().run()).orElse(0L));
        gauge(Metric.STAGE_STATE, () -> observed(seen -> seen.metrics().state().bytes()));
        gauge(
                Metric.ROCKSDB_BLOCK_CACHE,
                () -> observed(seen -> seen.metrics().state().blockCacheBytes()));
        gauge(
                Metric.ROCKSDB_MEMTABLE,
                () -> observed(seen -> seen.metrics().state().memtableBytes()));
        gauge(Metric.ROCKSDB_SST, () -> observed(seen -> seen.metrics().state().sstBytes()));
        gauge(
                Metric.ROCKSDB_COMPACTION_PENDING,
                () -> observed(seen -> seen.metrics().state().compactionPendingBytes()));
        counter(Metric.ROCKSDB_CACHE_HITS, metrics -> metrics.state().cacheHits());
        counter(Metric.ROCKSDB_CACHE_MISSES, metrics -> metrics.state().cacheMisses());
        counter(Metric.ROCKSDB_BLOCK_HITS, metrics -> metrics.state().blockHits());
        counter(Metric.ROCKSDB_BLOCK_MISSES, metrics -> metrics.state().blockMisses());
        gauge(
                Metric.MEMORY_LIMIT,
                () -> memory.limitBytes().map(Long::doubleValue).orElse(Double.NaN));
        for (MemoryUse.Part part : MemoryUse.Part.values()) {
            Gauge.builder(Metric.MEMORY_USED.id(), () -> memory.bytes(part))
                    .description(Metric.MEMORY_USED.meaning())
                    .tags(tags().and("part", part.label()))
                    .register(registry);
        }
        FunctionCounter.builder(Metric.NETWORK_REFUSED.id(), network, Network::refusedConnections)
                .description(Metric.NETWORK_REFUSED.meaning())
                .tags(tags())
                .register(registry);
    }

    private Tags tags() {
        return Tags.of("pipeline", identity.pipeline(), "stage", identity.stage());
    }

    private void counter(Metric metric, ToLongFunction<ReplicaMetrics> value) {
        FunctionCounter.builder(metric.id(), this, all -> all.count(seen -> value.applyAsLong(seen.metrics())))
                .description(metric.meaning())
                .tags(tags())
                .register(registry);
    }

    private void seconds(Metric metric, ToLongFunction<Observation> nanos) {
        FunctionCounter.builder(metric.id(), this, all -> all.count(nanos) / NANOS)
                .description(metric.meaning())
                .tags(tags())
                .register(registry);
    }

    private void gauge(Metric metric, DoubleSupplier value) {
        Gauge.builder(metric.id(), value::getAsDouble)
                .description(metric.meaning())
                .tags(tags())
                .strongReference(true)
                .register(registry);
    }

    private double count(ToLongFunction<Observation> value) {
        return service.observation()
                .map(seen -> (double) value.applyAsLong(seen))
                .orElse(0.0);
    }

    private double observed(ToDoubleFunction<Observation> value) {
        return service.observation().map(value::applyAsDouble).orElse(Double.NaN);
    }

    private static long busyNanos(Observation seen) {
        long up = System.nanoTime() - seen.beginNanos();
        return Math.max(0, up - seen.metrics().idleNanos() - seen.metrics().blockedNanos());
    }

    private static long sum(Map<String, AtomicLong> counters, String ending) {
        return counters.entrySet().stream()
                .filter(counter -> counter.getKey().endsWith(ending))
                .mapToLong(counter -> counter.getValue().get())
                .sum();
    }

    private Optional<Long> watermarkMillis() {
        return service.observation()
                .map(seen -> seen.metrics().watermark())
                .filter(millis -> millis != Long.MIN_VALUE && millis != Long.MAX_VALUE);
    }
}

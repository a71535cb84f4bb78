package stream.weir.verification.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Aggregators;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.Output;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.PipelineBuilder;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.api.sink.Sink;

/**
 * The pipeline of a simulation:
 *
 * <pre>
 *   left (2) ──by key──► sums (2) ──────────────┐
 *       ├──by group──► counts (2) ──by key──► write (2)
 *       └──by value──► balance (2) ─────────────┤
 *   right (1) ──by value──┘                     │
 *       ├──by group──► counts                   │
 *       └──by key──► punctual (2) ──────────────┘
 * </pre>
 */
record Workload(List<Integer> left, List<Integer> right, long records) {
    static final long GROUPS = 4;
    static final String NAME = "simulated";

    private static final int MOST_REPLICAS = 3;
    private static final long ENDLESS = 1L << 40;

    static Workload drawn(Chance chance) {
        return new Workload(
                IntStream.range(0, chance.between(2, 4)).boxed().toList(),
                List.of(Readings.splitWithLateOnes(0)),
                chance.between(15, 40));
    }

    /** The same, with splits that nobody reads to their end. */
    Workload endless() {
        return new Workload(left, right, ENDLESS);
    }

    Oracle oracle() {
        return Oracle.of(left, right, split -> records);
    }

    /** @param read how many records of each split count */
    Oracle oracle(Map<String, Long> read) {
        return Oracle.of(left, right, split -> read.getOrDefault(ReadingSource.nameOf(split), 0L));
    }

    Pipeline pipeline(Settings settings, Sink<Result> sink, Chance chance, VirtualTime time) {
        Duration outOfOrder = Duration.ofMillis(Readings.OUT_OF_ORDER_MILLIS);
        WindowSpec window = new WindowSpec.Tumbling(Duration.ofMillis(Readings.WINDOW_MILLIS));
        PipelineBuilder builder = PipelineBuilder.named(NAME)
                .maxParallelism(8)
                .checkpoints(checkpoints(settings))
                .state(settings.state());
        Output<Reading> lefts = builder.stage("left")
                .replicas(2)
                .source(new ReadingSource(left, records, chance, time))
                .eventTime(Reading::at, outOfOrder)
                .output();
        Output<Reading> rights = builder.stage("right")
                .source(new ReadingSource(right, records, chance, time))
                .eventTime(Reading::at, outOfOrder)
                .output();
        Output<Result> sums = builder.stage("sums")
                .replicas(2)
                .from(lefts)
                .keyBy(Reading::key, Codecs.LONG)
                .keyedProcess(Result.CODEC, RunningSum::new)
                .output();
        Output<Result> counts = builder.stage("counts")
                .replicas(2)
                .from(lefts)
                .from(rights)
                .keyBy(reading -> reading.key() % GROUPS, Codecs.LONG)
                .filter(reading -> !reading.isLate())
                .window(window)
                .aggregate(
                        Aggregators.<Reading>count(),
                        (key, start, end, count) -> new Result(Result.COUNT, key, start, count),
                        Result.CODEC)
                .output();
        Output<Result> punctual = builder.stage("punctual")
                .replicas(2)
                .from(rights)
                .keyBy(Reading::key, Codecs.LONG)
                .window(window)
                .aggregate(
                        Aggregators.<Reading>count(),
                        (key, start, end, count) -> new Result(Result.PUNCTUAL, key, start, count),
                        Result.CODEC)
                .output();
        Output<Result> balance = builder.stage("balance")
                .replicas(2)
                .from(lefts, rights)
                .keyBy(Balance::keyOf, Balance::keyOf, Codecs.LONG)
                .process(Result.CODEC, Balance::new)
                .output();
        return builder.stage("write")
                .replicas(2)
                .from(sums)
                .from(counts)
                .from(punctual)
                .from(balance)
                .keyBy(Result::key, Codecs.LONG)
                .sink(sink)
                .build();
    }

    /** The same pipeline with other numbers of replicas. */
    static Pipeline scaled(Pipeline pipeline, Chance chance) {
        Map<String, Integer> replicas = new LinkedHashMap<>();
        pipeline.stages().forEach(stage -> replicas.put(stage.name(), chance.between(1, MOST_REPLICAS)));
        return pipeline.withReplicas(replicas);
    }

    private static CheckpointConfig checkpoints(Settings settings) {
        return new CheckpointConfig(
                settings.interval(),
                settings.timeout(),
                settings.minPause(),
                settings.maxConcurrent(),
                -1,
                settings.retained(),
                settings.mode(),
                settings.alignment(),
                CheckpointConfig.Snapshots.at("file:simulated"));
    }
}

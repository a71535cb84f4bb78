package stream.weir.benchmarks.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import stream.weir.api.codec.Codecs;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.SourceStep;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.api.pipeline.Step;

/** Pipelines whose records say when they were due, one replica of each stage. */
public final class TimedPipelines {
    private static final int SKEW = 10;
    private static final int LEAST_BYTES = 24;

    private final Load load;
    private final Found found;
    private final CheckpointConfig checkpoints;
    private final LongSupplier nanos;

    /**
     * What is offered.
     *
     * @param records of all sources
     * @param bytes of each record
     * @param unmeasured how many of them come before measuring begins
     * @param rate of all sources together, per second; empty for as many as there can be
     */
    public record Load(long records, int bytes, long unmeasured, OptionalLong rate) {}

    /**
     * Where a run leaves what it found.
     *
     * @param measured runs before the first measured record of each source
     */
    public record Found(Checksum checksum, LatencyHistogram latencies, Runnable measured) {}

    /** @param nanos monotonic, and the same in all processes of the machine */
    public TimedPipelines(Load load, Found found, CheckpointConfig checkpoints, LongSupplier nanos) {
        this.load = load;
        this.found = found;
        this.checkpoints = checkpoints;
        this.nanos = nanos;
    }

    /** What a sink finds that all of so many records have reached, each once. */
    public static Checksum checksumOf(long records) {
        Checksum checksum = new Checksum();
        Timed record = Timed.ofBytes(LEAST_BYTES);
        for (long i = 0; i < records; i++) {
            record.fill(i, 0);
            checksum.add(record.hash(), 1);
        }
        return checksum;
    }

    /**
     * Stages in a row.
     *
     * @param between stages that pass on what they get, between source and sink; with one it is B6
     */
    public Pipeline row(int between) {
        Step pass = new Step.Map<Timed, Timed>("pass", record -> record, OnError.FAIL);
        List<Stage> stages = new ArrayList<>(List.of(source("source", 0, load.records, load.rate)));
        for (int i = 1; i <= between; i++) {
            stages.add(new Stage(
                    "between-" + i,
                    1,
                    Optional.empty(),
                    List.of(byKey(stages.getLast().name())),
                    List.of(pass),
                    Optional.empty(),
                    Map.of(Stage.MAIN, Timed.codec(load.bytes))));
        }
        stages.add(sink(List.of(byKey(stages.getLast().name())), OptionalLong.empty()));
        return pipeline("b6", stages.toArray(Stage[]::new));
    }

    /**
     * B8: a sink that takes a tenth of what the sources offer. One input has ten times as many records as the other, and waits the
     * whole time; the other one sends what is left of the sink's time.
     */
    public Pipeline backPressure() {
        long offered = load.rate.orElseThrow(() -> new IllegalArgumentException("b8 needs --rate N"));
        long taken = Math.max(1, offered / SKEW);
        long few = load.records / (SKEW + 1);
        return pipeline(
                "b8",
                source("many", 0, load.records - few, OptionalLong.of(offered * SKEW / (SKEW + 1))),
                source("few", load.records - few, load.records, OptionalLong.of(Math.max(1, taken / (SKEW + 1)))),
                sink(List.of(byKey("many"), byKey("few")), OptionalLong.of(taken)));
    }

    private Stage source(String name, long first, long end, OptionalLong rate) {
        GeneratedSource.Extent extent =
                new GeneratedSource.Extent(first + Math.min(load.unmeasured, end - first - 1), end, found.measured);
        SourceStep<Timed> step = new SourceStep<>(
                new OpenLoopSource(extent, first, load.bytes, rate, nanos),
                Optional.empty(),
                OptionalLong.empty(),
                OnError.FAIL);
        return new Stage(
                name,
                1,
                Optional.of(step),
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(Stage.MAIN, Timed.codec(load.bytes)));
    }

    private Stage sink(List<Input> inputs, OptionalLong rate) {
        TimedSink sink = new TimedSink(found.checksum, found.latencies, load.unmeasured, rate, nanos);
        return new Stage("sink", 1, Optional.empty(), inputs, List.of(), Optional.of(sink), Map.of());
    }

    private static Input byKey(String from) {
        return new Input(from, Stage.MAIN, new Partitioning.ByKey<>(Timed::sequence, Codecs.LONG));
    }

    private Pipeline pipeline(String name, Stage... stages) {
        return new Pipeline(
                name,
                Pipeline.DEFAULT_MAX_PARALLELISM,
                checkpoints,
                new StateConfig(StateConfig.Backend.FILESYSTEM, true),
                Optional.empty(),
                List.of(stages));
    }
}

package stream.weir.api.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds a {@link Pipeline} in Java, the same model that a pipeline file is compiled to.
 *
 * <pre>{@code
 * PipelineBuilder pipeline = PipelineBuilder.named("orders").checkpoints(CheckpointConfig.defaults(Snapshots.at("file:data")));
 * Output<Order> orders = pipeline.stage("orders").source(source).eventTime(Order::at, Duration.ofSeconds(5)).output();
 * pipeline.stage("totals").replicas(2)
 *         .from(orders).keyBy(Order::customer, Codecs.STRING)
 *         .window(new WindowSpec.Tumbling(Duration.ofHours(1)))
 *         .aggregate(Aggregators.sumLong(Order::cents), Total::new, TotalCodec.INSTANCE)
 *         .sink(sink);
 * Pipeline model = pipeline.build();
 * }</pre>
 *
 * <p>Each call adds to the stage it was called for, in the order of the calls. Used by one thread.
 */
public final class PipelineBuilder {
    private final String name;
    private final List<StageDraft> stages = new ArrayList<>();
    private int maxParallelism = Pipeline.DEFAULT_MAX_PARALLELISM;
    private Optional<CheckpointConfig> checkpoint = Optional.empty();
    private StateConfig state = new StateConfig(StateConfig.Backend.ROCKSDB, true);
    private Optional<RestoreFrom> restoreFrom = Optional.empty();

    private PipelineBuilder(String name) {
        this.name = name;
    }

    /** @param name a DNS label */
    public static PipelineBuilder named(String name) {
        return new PipelineBuilder(name);
    }

    /** When checkpoints are taken and where they go; without this each at its default, under {@code weir-data/NAME}. */
    public PipelineBuilder checkpoints(CheckpointConfig config) {
        checkpoint = Optional.of(config);
        return this;
    }

    /** Where working state lives; RocksDB with incremental checkpoints unless told. */
    public PipelineBuilder state(StateConfig config) {
        state = config;
        return this;
    }

    /** @param keyGroups 1 to 32768; cannot be changed later */
    public PipelineBuilder maxParallelism(int keyGroups) {
        maxParallelism = keyGroups;
        return this;
    }

    /** Starts from this instead of the newest checkpoint. */
    public PipelineBuilder restoreFrom(RestoreFrom reference) {
        restoreFrom = Optional.of(reference);
        return this;
    }

    /** Begins a stage. */
    public StageBuilder stage(String stageName) {
        StageDraft draft = new StageDraft(stageName);
        stages.add(draft);
        return new StageBuilder(this, draft);
    }

    /**
     * @throws InvalidPipelineException with all problems, where there is any
     */
    public Pipeline build() {
        Pipeline pipeline = new Pipeline(
                name,
                maxParallelism,
                checkpoint.orElseGet(
                        () -> CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:weir-data/" + name))),
                state,
                restoreFrom,
                stages.stream().map(StageDraft::build).toList());
        List<Problem> problems = PipelineProblems.of(pipeline);
        if (!problems.isEmpty()) {
            throw new InvalidPipelineException(name, problems);
        }
        return pipeline;
    }
}

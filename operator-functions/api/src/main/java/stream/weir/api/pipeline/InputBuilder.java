package stream.weir.api.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;

/** One or more inputs of a type, before it is said which replica reads what. See {@link PipelineBuilder}. */
public final class InputBuilder<T> {
    private final PipelineBuilder pipeline;
    private final StageDraft draft;
    private final Codec<T> codec;
    private final List<Output<T>> outputs = new ArrayList<>();

    InputBuilder(PipelineBuilder pipeline, StageDraft draft, Codec<T> codec) {
        this.pipeline = pipeline;
        this.draft = draft;
        this.codec = codec;
    }

    /** One more input, read in the same way. */
    public InputBuilder<T> from(Output<T> output) {
        outputs.add(output);
        return this;
    }

    /**
     * All records of a key at one replica.
     *
     * @param key never null
     * @param keyCodec equal keys have equal bytes
     */
    public <K> StageFlow<K, T> keyBy(Function<T, K> key, Codec<K> keyCodec) {
        return flow(new Partitioning.ByKey<>(key, keyCodec));
    }

    /** From each replica to that of the same index; both stages have the same number. */
    public StageFlow<Row, T> forward() {
        return flow(new Partitioning.Forward());
    }

    /** Spread evenly. */
    public StageFlow<Row, T> rebalance() {
        return flow(new Partitioning.Rebalance());
    }

    /** Every record to every replica. */
    public StageFlow<Row, T> broadcast() {
        return flow(new Partitioning.Broadcast());
    }

    private <K> StageFlow<K, T> flow(Partitioning partitioning) {
        outputs.forEach(output -> draft.input(output.read(partitioning)));
        draft.output(Stage.MAIN, codec);
        return new StageFlow<>(pipeline, draft, codec);
    }
}

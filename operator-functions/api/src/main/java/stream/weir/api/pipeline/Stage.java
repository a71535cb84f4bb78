package stream.weir.api.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Codec;
import stream.weir.api.sink.Sink;

/**
 * A chain of steps that runs in one process, in one or more replicas.
 *
 * @param name a DNS label, unique in the pipeline
 * @param source present in a stage without inputs
 * @param inputs in the order of the file; a side output of another stage that is sent here counts as one
 * @param steps in order; a step that joins several inputs stands first
 * @param outputs codecs of what other stages may read: the main output under {@link #MAIN}, side outputs under their names
 */
public record Stage(
        String name,
        int replicas,
        Optional<SourceStep<?>> source,
        List<Input> inputs,
        List<Step> steps,
        Optional<Sink<?>> sink,
        Map<String, Codec<?>> outputs) {
    /** Name of the output that the last step writes to. */
    public static final String MAIN = "";

    /** Name of the side output for what could not be processed, where {@code onError: deadLetter} is set. */
    public static final String DEAD_LETTERS = "deadLetters";

    public Stage {
        inputs = List.copyOf(inputs);
        steps = List.copyOf(steps);
        outputs = Map.copyOf(outputs);
    }

    /** The same stage with another number of replicas. */
    public Stage withReplicas(int count) {
        return count == replicas ? this : new Stage(name, count, source, inputs, steps, sink, outputs);
    }
}

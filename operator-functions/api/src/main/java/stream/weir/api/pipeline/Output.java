package stream.weir.api.pipeline;

import stream.weir.api.codec.Codec;
import stream.weir.api.function.SideOutput;

/**
 * What a stage writes, as another stage reads it.
 *
 * @param output {@link Stage#MAIN} or the name of a side output
 */
public record Output<T>(String stage, String output, Codec<T> codec) {
    /** The main output of a stage, which may be declared later. */
    public static <T> Output<T> of(String stage, Codec<T> codec) {
        return new Output<>(stage, Stage.MAIN, codec);
    }

    /** A side output of a stage. */
    public static <T> Output<T> of(String stage, SideOutput<T> output) {
        return new Output<>(stage, output.name(), output.codec());
    }

    Input read(Partitioning partitioning) {
        return new Input(stage, output, partitioning);
    }

    String reference() {
        return StepProblems.reference(read(new Partitioning.Rebalance()));
    }
}

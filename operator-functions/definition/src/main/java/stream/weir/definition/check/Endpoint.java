package stream.weir.definition.check;

import stream.weir.api.pipeline.Stage;

/**
 * What {@code from} names.
 *
 * @param output {@link Stage#MAIN} or a side output
 */
public record Endpoint(String stage, String output) {
    /** {@code stage} or {@code stage.output}. */
    public static Endpoint parse(String from) {
        int dot = from.indexOf('.');
        return dot < 0 ? new Endpoint(from, Stage.MAIN) : new Endpoint(from.substring(0, dot), from.substring(dot + 1));
    }
}

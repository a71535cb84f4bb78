package stream.weir.api.pipeline;

import java.util.Optional;

/**
 * One thing that is wrong with a pipeline.
 *
 * @param path where, as in {@code stages[2].inputs[0].from}
 * @param value what stands there
 * @param why why it cannot stand there, and what could
 * @param nearest the valid name that is nearest to a misspelt one
 */
public record Problem(String path, String value, String why, Optional<String> nearest) {
    public Problem(String path, Object value, String why) {
        this(path, String.valueOf(value), why, Optional.empty());
    }

    /** A sentence with all of it. */
    @Override
    public String toString() {
        return path + ": " + value + " " + why
                + nearest.map(name -> "; did you mean " + name + "?").orElse("");
    }
}

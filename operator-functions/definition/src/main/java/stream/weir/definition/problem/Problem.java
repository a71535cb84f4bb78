package stream.weir.definition.problem;

import java.util.Optional;

/**
 * One thing that is wrong with a pipeline file.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param path where in the document, as {@code spec.stages[2].inputs[0].from}; empty for the document itself
 * @param value the offending value as it is spelled, where it is short enough to help
 * @param reason why it cannot stand, in lower case and without a full stop
 * @param suggestion what to write or do instead
 */
public record Problem(
        int line, int column, String path, Optional<String> value, String reason, Optional<String> suggestion) {
    private static final int LONGEST_VALUE = 80;

    static Problem at(Place place, Optional<String> value, String reason, Optional<String> suggestion) {
        return new Problem(
                place.line(), place.column(), place.path(), value.map(Problem::shortened), reason, suggestion);
    }

    /** {@code FILE:LINE:COL: PATH: "VALUE" — REASON; SUGGESTION}, without the parts that are absent. */
    public String format(String file) {
        StringBuilder text = new StringBuilder();
        text.append(file).append(':').append(line).append(':').append(column).append(": ");
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        value.ifPresent(v -> text.append('"').append(v).append("\" — "));
        text.append(reason);
        suggestion.ifPresent(s -> text.append("; ").append(s));
        return text.toString();
    }

    private static String shortened(String value) {
        String line = value.replace("\n", "\\n").replace("\t", "\\t");
        return line.length() <= LONGEST_VALUE ? line : line.substring(0, LONGEST_VALUE - 1) + "…";
    }
}

package stream.weir.definition.spec;

import java.util.Optional;
import stream.weir.definition.problem.Located;

/**
 * One field of an aggregate's result.
 *
 * @param input the field aggregated (for {@code top}: the one compared); absent for {@code count: "*"}
 */
public record AggregateField(Located<String> name, Kind kind, Optional<Located<String>> input, Optional<Top> top) {
    /** The functions, by their spelling. */
    public enum Kind {
        COUNT("count"),
        SUM("sum"),
        AVG("avg"),
        MIN("min"),
        MAX("max"),
        FIRST("first"),
        LAST("last"),
        COUNT_DISTINCT("countDistinct"),
        TOP("top");

        private final String spelling;

        Kind(String spelling) {
            this.spelling = spelling;
        }

        public String spelling() {
            return spelling;
        }
    }

    /**
     * @param n how many, at least 1
     * @param of the field that is listed
     */
    public record Top(int n, Located<String> of) {}
}

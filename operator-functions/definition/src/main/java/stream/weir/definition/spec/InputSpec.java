package stream.weir.definition.spec;

import java.util.List;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;

/** @param from {@code stage} or {@code stage.output} */
public record InputSpec(Located<String> from, Distribution distribution) {
    /** How records are spread over the replicas. */
    public sealed interface Distribution {
        Place place();
    }

    public record Forward(Place place) implements Distribution {}

    public record Rebalance(Place place) implements Distribution {}

    public record Broadcast(Place place) implements Distribution {}

    /** @param fields at least one */
    public record KeyBy(Place place, List<Located<String>> fields) implements Distribution {}
}

package stream.weir.definition.spec;

import java.util.List;
import java.util.Optional;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;

/**
 * @param from {@code stage} or {@code stage.output}
 * @param durable what the edge runs over instead of connections
 */
public record InputSpec(Located<String> from, Distribution distribution, Optional<ConnectorSpec> durable) {
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

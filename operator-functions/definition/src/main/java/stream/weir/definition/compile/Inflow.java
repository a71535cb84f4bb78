package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Partitioning;
import stream.weir.api.row.RowType;
import stream.weir.definition.check.Graph;
import stream.weir.definition.spec.InputSpec;

/**
 * One edge of a stage with all that is known of it.
 *
 * @param rows the type of its rows
 * @param key the fields of its key, where it has one
 */
record Inflow(Graph.Edge edge, RowType rows, Optional<RowType> key) {
    /** The edge as joins name it. */
    String name() {
        return edge.input().from().value();
    }

    /** The edge as the model has it. */
    Input input(Optional<RowType> stageKey) {
        Partitioning partitioning =
                switch (edge.input().distribution()) {
                    case InputSpec.Forward forward -> new Partitioning.Forward();
                    case InputSpec.Broadcast broadcast -> new Partitioning.Broadcast();
                    case InputSpec.Rebalance rebalance -> new Partitioning.Rebalance();
                    case InputSpec.KeyBy by ->
                        Keys.partitioning(name(), rows, key.orElseThrow(), stageKey.orElseThrow());
                };
        return new Input(edge.from().stage(), edge.from().output(), partitioning);
    }

    /** The key of a stage: that of the first edge that has one. */
    static Optional<RowType> stageKey(List<Inflow> inflows) {
        return inflows.stream().flatMap(inflow -> inflow.key().stream()).findFirst();
    }

    static Optional<Inflow> named(List<Inflow> inflows, String name) {
        return inflows.stream()
                .filter(inflow -> !inflow.edge().implicit() && inflow.name().equals(name))
                .findFirst();
    }
}

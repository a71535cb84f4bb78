package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.Input;
import stream.weir.api.row.RowType;
import stream.weir.definition.check.Graph;

/**
 * One edge of a stage with all that is known of it.
 *
 * @param rows the type of its rows
 * @param key the fields of its key, where it has one
 * @param input as the model has it
 */
record Inflow(Graph.Edge edge, RowType rows, Optional<RowType> key, Input input) {
    /** The edge as joins name it. */
    String name() {
        return edge.input().from().value();
    }

    static Optional<Inflow> named(List<Inflow> inflows, String name) {
        return inflows.stream()
                .filter(inflow -> !inflow.edge().implicit() && inflow.name().equals(name))
                .findFirst();
    }
}

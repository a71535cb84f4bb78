package stream.weir.definition.compile;

import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.row.RowType;

/**
 * A stage as far as it could be compiled.
 *
 * @param stage absent where there was a problem
 * @param outputs types by output; an output that is missing is unknown because of a problem, unless {@code complete}
 * @param complete whether there are no other outputs than those
 */
record CompiledStage(Optional<Stage> stage, Map<String, RowType> outputs, boolean complete) {}

package stream.weir.definition.spec;

import stream.weir.definition.problem.Located;
import stream.weir.definition.yaml.Fields;

/** A connector and its options, which only the connector itself can tell the meaning of. */
public record ConnectorSpec(Located<String> type, Fields options) {}

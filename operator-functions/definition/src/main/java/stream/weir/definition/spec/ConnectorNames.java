package stream.weir.definition.spec;

import java.util.Set;

/** The types of the connectors that are installed. */
public record ConnectorNames(Set<String> sources, Set<String> sinks) {}

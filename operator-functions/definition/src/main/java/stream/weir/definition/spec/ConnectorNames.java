package stream.weir.definition.spec;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;

/** The types of the connectors that a file may name. */
public record ConnectorNames(Set<String> sources, Set<String> sinks, Set<String> edges) {
    private static final Set<String> BESIDE_CONNECTORS = Set.of("eventTime", "rate", "onError");

    /**
     * Whatever the file itself names: for a reader to whom connectors mean nothing.
     *
     * @param root to be used for this only, as its problems are those of a first look
     */
    public static ConnectorNames writtenIn(Cursor root) {
        Set<String> sources = new TreeSet<>();
        Set<String> sinks = new TreeSet<>();
        Set<String> edges = new TreeSet<>();
        List<Cursor> stages = field(root, "spec")
                .flatMap(spec -> field(spec, "stages"))
                .map(Cursor::items)
                .orElse(List.of());
        for (Cursor stage : stages) {
            sources.addAll(names(stage, "source"));
            sinks.addAll(names(stage, "sink"));
            field(stage, "inputs")
                    .map(Cursor::items)
                    .orElse(List.of())
                    .forEach(input -> edges.addAll(names(input, "durable")));
        }
        sources.removeAll(BESIDE_CONNECTORS);
        return new ConnectorNames(sources, sinks, edges);
    }

    private static Collection<String> names(Cursor stage, String field) {
        return field(stage, field)
                .flatMap(Cursor::fields)
                .map(fields -> fields.all().keySet())
                .orElse(Set.of());
    }

    private static Optional<Cursor> field(Cursor mapping, String name) {
        return mapping.fields().flatMap((Fields fields) -> fields.find(name));
    }
}

package stream.weir.definition.compile;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import stream.weir.api.connector.EdgeConnector;
import stream.weir.api.connector.FunctionFactory;
import stream.weir.api.connector.SinkConnector;
import stream.weir.api.connector.SourceConnector;
import stream.weir.definition.spec.ConnectorNames;

/** The connectors and functions that files may name. */
public record Extensions(
        Map<String, SourceConnector> sources,
        Map<String, SinkConnector> sinks,
        Map<String, EdgeConnector> edges,
        Map<String, FunctionFactory> functions) {
    /**
     * Those that {@link ServiceLoader} finds.
     *
     * @throws IOException when one that is announced cannot be loaded
     */
    public static Extensions in(ClassLoader code) throws IOException {
        try {
            return of(
                            all(SourceConnector.class, code),
                            all(SinkConnector.class, code),
                            all(FunctionFactory.class, code))
                    .withEdges(all(EdgeConnector.class, code));
        } catch (ServiceConfigurationError e) {
            throw new IOException(
                    "a connector or function that is announced in META-INF/services cannot be loaded: "
                            + e.getMessage(),
                    e);
        }
    }

    /** Without durable edges. */
    public static Extensions of(
            List<SourceConnector> sources, List<SinkConnector> sinks, List<FunctionFactory> functions) {
        return new Extensions(
                byName(sources, SourceConnector::type),
                byName(sinks, SinkConnector::type),
                Map.of(),
                byName(functions, FunctionFactory::name));
    }

    SourceConnector source(String type) {
        return Optional.ofNullable(sources.get(type))
                .orElseThrow(() -> new IllegalArgumentException("no source " + type + " among " + sources.keySet()));
    }

    SinkConnector sink(String type) {
        return Optional.ofNullable(sinks.get(type))
                .orElseThrow(() -> new IllegalArgumentException("no sink " + type + " among " + sinks.keySet()));
    }

    /** The same, with these durable edges. */
    public Extensions withEdges(List<EdgeConnector> others) {
        return new Extensions(sources, sinks, byName(others, EdgeConnector::type), functions);
    }

    EdgeConnector edge(String type) {
        return Optional.ofNullable(edges.get(type))
                .orElseThrow(() -> new IllegalArgumentException("no edge " + type + " among " + edges.keySet()));
    }

    ConnectorNames names() {
        return new ConnectorNames(sources.keySet(), sinks.keySet(), edges.keySet());
    }

    private static <T> List<T> all(Class<T> type, ClassLoader code) {
        return StreamSupport.stream(ServiceLoader.load(type, code).spliterator(), false)
                .toList();
    }

    private static <T> Map<String, T> byName(List<T> extensions, Function<T, String> name) {
        Map<String, T> byName = new TreeMap<>();
        for (T extension : extensions) {
            T other = byName.put(name.apply(extension), extension);
            if (other != null) {
                throw new IllegalStateException("two extensions are called " + name.apply(extension) + ": "
                        + other.getClass().getName() + " and "
                        + extension.getClass().getName());
            }
        }
        return byName;
    }
}

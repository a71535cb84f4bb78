package stream.weir.verification.architecture;

import java.util.Map;
import java.util.Set;

/** Which packages of the runtime know each other. {@code stage} joins them all, and none of them knows it. */
final class RuntimePackages {
    /** The package that joins the others. */
    static final String JOINT = "stage";

    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("alignment", Set.of()),
            Map.entry("channel", Set.of()),
            Map.entry("channel.connector", Set.of("channel")),
            Map.entry("function", Set.of("state")),
            Map.entry("record", Set.of()),
            Map.entry("sink", Set.of()),
            // A store of state files, as backends see it.
            Map.entry("snapshot", Set.of("state")),
            // A source gives its records to what the first operator is as well: function.Output, and nothing else of
            // it.
            Map.entry("source", Set.of("function")),
            Map.entry("state", Set.of()),
            Map.entry("state.memory", Set.of("state")),
            // The same tables on the heap, with another target for captures.
            Map.entry("state.filesystem", Set.of("state", "state.memory")),
            Map.entry("state.rocksdb", Set.of("state")));

    private RuntimePackages() {}

    /** Both names are below {@code runtime}. A package that is not listed knows nobody, and nobody knows it. */
    static boolean mayKnow(String from, String to) {
        if (from.equals(to)) {
            return true;
        }
        return from.equals(JOINT)
                ? MAY_KNOW.containsKey(to)
                : MAY_KNOW.getOrDefault(from, Set.of()).contains(to);
    }
}

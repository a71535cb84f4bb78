package stream.weir.stage.app;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the memory of a process is for at a moment.
 *
 * @param usedBytes that the system cannot take back
 * @param limitBytes what the container may take
 * @param parts all of them, in bytes
 */
record MemoryUse(long usedBytes, long limitBytes, Map<Part, Long> parts) {
    private static final double NEAR = 0.9;
    private static final long MIB = 1 << 20;

    MemoryUse {
        parts = Map.copyOf(parts);
    }

    /** What it is for. */
    enum Part {
        HEAP("weir.state.cache and -Xmx"),
        ROCKSDB("weir.state.rocksdb-memory"),
        NETWORK("weir.data.credit"),
        /** Classes, compiled code, stacks, and what libraries take for themselves. */
        REST("");

        private final String bound;

        Part(String bound) {
            this.bound = bound;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether the system is about to end the process for it. */
    boolean isShort() {
        return usedBytes > limitBytes * NEAR;
    }

    /** A sentence with the parts, and one with what to change; the part that takes most comes first. */
    String explained() {
        String taken = greatestFirst()
                .map(part -> part.label() + " " + bytes(part) / MIB + " MiB")
                .collect(Collectors.joining(", "));
        String bounds = greatestFirst()
                .filter(part -> !part.bound.isEmpty())
                .map(part -> part.bound + " (" + part.label() + ")")
                .collect(Collectors.joining(", "));
        return "MEMORY_SHORT: " + usedBytes / MIB + " of " + limitBytes / MIB + " MiB are in use: " + taken
                + ". Give the container more, or less to " + bounds;
    }

    private Stream<Part> greatestFirst() {
        return Stream.of(Part.values()).sorted((one, other) -> Long.compare(bytes(other), bytes(one)));
    }

    private long bytes(Part part) {
        return parts.getOrDefault(part, 0L);
    }
}

package stream.weir.protocol.checkpoint;

import java.util.List;

/**
 * State of a replica that belongs to no key: positions of splits, transactions of a sink, watermarks of links. On a restore
 * every replica of the stage is given the entries of all.
 *
 * @param name which state, for instance {@code source.positions}
 */
public record OperatorState(String name, List<Entry> entries) {
    public OperatorState {
        entries = List.copyOf(entries);
    }

    /** One entry; the array must not be changed. */
    public record Entry(String key, byte[] value) {}
}

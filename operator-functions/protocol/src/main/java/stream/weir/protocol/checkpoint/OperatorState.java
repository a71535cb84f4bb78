package stream.weir.protocol.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * State of a replica that belongs to no key: positions of splits, transactions of a sink, watermarks of links. On a restore
 * every replica of the stage is given the entries of all.
 *
 * @param name which state, for instance {@code source.positions}
 */
public record OperatorState(String name, List<Entry> entries) {
    /** Names of what belongs to a sink's target begin so. */
    public static final String OF_SINKS = "sink.";

    /** State under this name is objects in the store, which the checkpoint keeps: made by {@link #files}. */
    public static final String FILES = "sink.files";

    public OperatorState {
        entries = List.copyOf(entries);
    }

    /** One entry; the array must not be changed. */
    public record Entry(String key, byte[] value) {
        /** The object that an entry of {@link OperatorState#FILES} stands for. */
        public StoredObject object() {
            ByteBuffer in = ByteBuffer.wrap(value);
            long bytes = in.getLong();
            int crc32c = in.getInt();
            return new StoredObject(StandardCharsets.UTF_8.decode(in).toString(), bytes, crc32c);
        }
    }

    /** Objects by the names that whoever stored them knows them by. */
    public static OperatorState files(Map<String, StoredObject> objects) {
        return new OperatorState(
                FILES,
                objects.entrySet().stream()
                        .map(each -> new Entry(each.getKey(), encode(each.getValue())))
                        .toList());
    }

    /** The objects it refers to. */
    public Stream<StoredObject> objects() {
        return name.equals(FILES) ? entries.stream().map(Entry::object) : Stream.empty();
    }

    private static byte[] encode(StoredObject object) {
        byte[] name = object.name().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + name.length)
                .putLong(object.bytes())
                .putInt(object.crc32c())
                .put(name)
                .array();
    }
}

package stream.weir.runtime.function;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.ValueTable;

/** The tables in their simplest form; what {@code get} and visitors show is wiped as soon as it is no longer valid. */
final class TreeBackend implements KeyedStateBackend {
    private final KeyGroupRange keyGroups;
    private final Merging merging;
    private final Map<String, Values> values = new HashMap<>();
    private final Map<String, Ordered> ordered = new HashMap<>();
    private byte[] shown = {};

    enum Merging {
        LIKE_A_HEAP,
        WITHOUT_READING
    }

    TreeBackend(KeyGroupRange keyGroups, Merging merging) {
        this.keyGroups = keyGroups;
        this.merging = merging;
    }

    TreeBackend copy() {
        TreeBackend copy = new TreeBackend(keyGroups, merging);
        values.forEach((name, table) -> {
            Values to = copy.new Values();
            table.panes.forEach((group, panes) ->
                    panes.forEach((pane, entries) -> to.pane(group, pane).putAll(entries)));
            copy.values.put(name, to);
        });
        ordered.forEach((name, table) -> {
            Ordered to = copy.new Ordered();
            table.groups.forEach((group, entries) -> to.group(group).putAll(entries));
            copy.ordered.put(name, to);
        });
        return copy;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return keyGroups;
    }

    @Override
    public ValueTable valueTable(String name) {
        return values.computeIfAbsent(name, each -> new Values());
    }

    @Override
    public OrderedTable orderedTable(String name) {
        return ordered.computeIfAbsent(name, each -> new Ordered());
    }

    @Override
    public boolean mergesWithoutReading() {
        return merging == Merging.WITHOUT_READING;
    }

    @Override
    public StateCapture capture(long checkpoint) {
        throw new UnsupportedOperationException("use copy()");
    }

    @Override
    public void completed(long checkpoint) {}

    @Override
    public void aborted(long checkpoint) {}

    @Override
    public long sizeBytes() {
        return 0;
    }

    @Override
    public void close() {}

    private void touch() {
        Arrays.fill(shown, (byte) 0x55);
        shown = new byte[0];
    }

    private void show(byte[] value, Slice slice) {
        touch();
        shown = value.clone();
        slice.set(shown, 0, shown.length);
    }

    private final class Values implements ValueTable {
        private final Map<Integer, TreeMap<Long, TreeMap<byte[], byte[]>>> panes = new TreeMap<>();

        private TreeMap<byte[], byte[]> pane(int group, long pane) {
            if (!keyGroups.contains(group)) {
                throw new IllegalArgumentException("key group " + group + " is not in " + keyGroups);
            }
            return panes.computeIfAbsent(group, each -> new TreeMap<>())
                    .computeIfAbsent(pane, each -> new TreeMap<>(Arrays::compareUnsigned));
        }

        @Override
        public boolean get(Key key, long pane, Slice value) {
            byte[] found = panes.getOrDefault(key.keyGroup(), new TreeMap<>())
                    .getOrDefault(pane, new TreeMap<>(Arrays::compareUnsigned))
                    .get(bytes(key));
            touch();
            if (found != null) {
                show(found, value);
            }
            return found != null;
        }

        @Override
        public void put(Key key, long pane, byte[] value, int offset, int length) {
            byte[] copy = Arrays.copyOfRange(value, offset, offset + length);
            touch();
            pane(key.keyGroup(), pane).put(bytes(key), copy);
        }

        @Override
        public void remove(Key key, long pane) {
            touch();
            pane(key.keyGroup(), pane).remove(bytes(key));
        }

        @Override
        public void merge(Key key, long pane, Slice delta, Combiner combiner) {
            pane(key.keyGroup(), pane).merge(bytes(key), delta.toByteArray(), (before, change) -> {
                ByteWriter out = new ByteWriter();
                combiner.combine(new Slice(before), new Slice(change), out);
                return out.toByteArray();
            });
            touch();
        }

        @Override
        public void forEach(int keyGroup, long pane, EntryVisitor visitor) {
            visit(pane(keyGroup, pane), visitor);
        }

        @Override
        public void removePane(int keyGroup, long pane) {
            touch();
            panes.getOrDefault(keyGroup, new TreeMap<>()).remove(pane);
        }

        @Override
        public OptionalLong firstPane(int keyGroup, long from) {
            Long pane = panes.getOrDefault(keyGroup, new TreeMap<>()).ceilingKey(from);
            return pane == null ? OptionalLong.empty() : OptionalLong.of(pane);
        }
    }

    private final class Ordered implements OrderedTable {
        private final Map<Integer, TreeMap<byte[], byte[]>> groups = new TreeMap<>();

        private TreeMap<byte[], byte[]> group(int group) {
            return groups.computeIfAbsent(group, each -> new TreeMap<>(Arrays::compareUnsigned));
        }

        @Override
        public boolean get(int keyGroup, Slice key, Slice value) {
            byte[] found = group(keyGroup).get(key.toByteArray());
            touch();
            if (found != null) {
                show(found, value);
            }
            return found != null;
        }

        @Override
        public void put(int keyGroup, Slice key, Slice value) {
            byte[] keyCopy = key.toByteArray();
            byte[] valueCopy = value.toByteArray();
            touch();
            group(keyGroup).put(keyCopy, valueCopy);
        }

        @Override
        public void remove(int keyGroup, Slice key) {
            byte[] keyCopy = key.toByteArray();
            touch();
            group(keyGroup).remove(keyCopy);
        }

        @Override
        public void scan(int keyGroup, Slice from, Slice to, EntryVisitor visitor) {
            TreeMap<byte[], byte[]> all = group(keyGroup);
            visit(
                    to.length() == 0
                            ? all.tailMap(from.toByteArray(), true)
                            : all.subMap(from.toByteArray(), true, to.toByteArray(), false),
                    visitor);
        }
    }

    /** A change of the visited table meanwhile is a ConcurrentModificationException of the map. */
    private static void visit(Map<byte[], byte[]> entries, EntryVisitor visitor) {
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            byte[] key = entry.getKey().clone();
            byte[] value = entry.getValue().clone();
            boolean goOn = visitor.visit(new Slice(key), new Slice(value));
            Arrays.fill(key, (byte) 0x55);
            Arrays.fill(value, (byte) 0x55);
            if (!goOn) {
                return;
            }
        }
    }

    private static byte[] bytes(Key key) {
        return Arrays.copyOfRange(key.array(), key.offset(), key.offset() + key.length());
    }
}

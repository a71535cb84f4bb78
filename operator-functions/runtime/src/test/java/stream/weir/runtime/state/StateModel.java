package stream.weir.runtime.state;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import stream.weir.api.codec.ByteWriter;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyHash;

/**
 * A backend's tables and what should be in them: each change is made to both. Bytes are strings of characters 0 to 255, whose
 * order is that of unsigned bytes. Merging appends.
 */
public final class StateModel {
    private static final ValueTable.Combiner APPEND = (stored, delta, out) -> {
        out.writeBytes(stored.array(), stored.offset(), stored.length());
        out.writeBytes(delta.array(), delta.offset(), delta.length());
    };

    private final KeyedStateBackend backend;
    private final Map<Place, TreeMap<String, String>> expected;

    /** A key group's pane of a value table, or a key group of an ordered table. */
    public record Place(String table, boolean ordered, int keyGroup, long pane) {}

    private StateModel(KeyedStateBackend backend, Map<Place, TreeMap<String, String>> expected) {
        this.backend = backend;
        this.expected = expected;
    }

    /** A model of an empty backend. */
    public static StateModel of(KeyedStateBackend backend) {
        return new StateModel(backend, new HashMap<>());
    }

    public KeyedStateBackend backend() {
        return backend;
    }

    public void put(String table, int keyGroup, long pane, String key, String value) {
        byte[] bytes = (" " + value + " ").getBytes(ISO_8859_1);
        backend.valueTable(table).put(key(keyGroup, key), pane, bytes, 1, bytes.length - 2);
        at(new Place(table, false, keyGroup, pane)).put(key, value);
    }

    public void merge(String table, int keyGroup, long pane, String key, String delta) {
        backend.valueTable(table).merge(key(keyGroup, key), pane, slice(delta), APPEND);
        at(new Place(table, false, keyGroup, pane)).merge(key, delta, String::concat);
    }

    public void remove(String table, int keyGroup, long pane, String key) {
        backend.valueTable(table).remove(key(keyGroup, key), pane);
        at(new Place(table, false, keyGroup, pane)).remove(key);
    }

    /** Tells the backend of keys that come next; at most 64. */
    public void expect(Stream<Key> next) {
        ByteWriter bytes = new ByteWriter();
        ExpectedKeys keys = new ExpectedKeys(64);
        List<Key> all = next.toList();
        all.forEach(key -> bytes.writeBytes(key.array(), key.offset(), key.length()));
        keys.reset(bytes.buffer());
        int offset = 0;
        for (Key key : all) {
            keys.add(offset, key.length(), key.hash(), key.keyGroup());
            offset += key.length();
        }
        backend.expect(keys);
    }

    public void removePane(String table, int keyGroup, long pane) {
        backend.valueTable(table).removePane(keyGroup, pane);
        expected.remove(new Place(table, false, keyGroup, pane));
    }

    public void put(String table, int keyGroup, String key, String value) {
        backend.orderedTable(table).put(keyGroup, slice(key), slice(value));
        at(new Place(table, true, keyGroup, 0)).put(key, value);
    }

    public void remove(String table, int keyGroup, String key) {
        backend.orderedTable(table).remove(keyGroup, slice(key));
        at(new Place(table, true, keyGroup, 0)).remove(key);
    }

    /** Compares one value. */
    public void verify(String table, int keyGroup, long pane, String key) {
        Slice value = new Slice();
        boolean found = backend.valueTable(table).get(key(keyGroup, key), pane, value);
        String wanted = at(new Place(table, false, keyGroup, pane)).get(key);
        assertThat(found ? text(value) : null).isEqualTo(wanted);
    }

    /** Compares one entry of an ordered table. */
    public void verify(String table, int keyGroup, String key) {
        Slice value = new Slice();
        boolean found = backend.orderedTable(table).get(keyGroup, slice(key), value);
        String wanted = at(new Place(table, true, keyGroup, 0)).get(key);
        assertThat(found ? text(value) : null).isEqualTo(wanted);
    }

    /** Compares a scan; an empty {@code to} is no end. */
    public void verifyScan(String table, int keyGroup, String from, String to) {
        TreeMap<String, String> all = at(new Place(table, true, keyGroup, 0));
        List<String> wanted = new ArrayList<>();
        all.tailMap(from, true).forEach((key, value) -> {
            if (to.isEmpty() || key.compareTo(to) < 0) {
                wanted.add(key + "=" + value);
            }
        });
        List<String> found = new ArrayList<>();
        backend.orderedTable(table).scan(keyGroup, slice(from), slice(to), (key, value) -> {
            found.add(text(key) + "=" + text(value));
            return true;
        });
        assertThat(found).isEqualTo(wanted);
    }

    /** What should be there now; a copy. */
    public Map<Place, TreeMap<String, String>> expected() {
        return expected(backend.keyGroups());
    }

    /** What should be there now in some key groups; a copy. */
    public Map<Place, TreeMap<String, String>> expected(KeyGroupRange range) {
        Map<Place, TreeMap<String, String>> copy = new HashMap<>();
        expected.forEach((place, entries) -> {
            if (!entries.isEmpty() && range.contains(place.keyGroup())) {
                copy.put(place, new TreeMap<>(entries));
            }
        });
        return copy;
    }

    /** Compares all of the tables named, and that a table's entries are not found twice. */
    public void verifyAll(List<String> valueTables, List<String> orderedTables) {
        assertThat(contentOf(backend, valueTables, orderedTables)).isEqualTo(expected());
    }

    /** What is in a backend's tables. */
    public static Map<Place, TreeMap<String, String>> contentOf(
            KeyedStateBackend backend, List<String> valueTables, List<String> orderedTables) {
        Map<Place, TreeMap<String, String>> content = new HashMap<>();
        KeyGroupRange range = backend.keyGroups();
        for (int group = range.first(); group <= range.last(); group++) {
            for (String table : valueTables) {
                readPanes(backend.valueTable(table), table, group, content);
            }
            for (String table : orderedTables) {
                Collecting found = new Collecting();
                backend.orderedTable(table).scan(group, new Slice(), new Slice(), found);
                found.addTo(content, new Place(table, true, group, 0));
            }
        }
        return content;
    }

    private static void readPanes(
            ValueTable table, String name, int group, Map<Place, TreeMap<String, String>> content) {
        OptionalLong pane = table.firstPane(group, Long.MIN_VALUE);
        while (pane.isPresent()) {
            long number = pane.getAsLong();
            Collecting found = new Collecting();
            table.forEach(group, number, found);
            found.addTo(content, new Place(name, false, group, number));
            pane = number == Long.MAX_VALUE ? OptionalLong.empty() : table.firstPane(group, number + 1);
        }
    }

    private static final class Collecting implements EntryVisitor {
        private final TreeMap<String, String> entries = new TreeMap<>();

        @Override
        public boolean visit(Slice key, Slice value) {
            assertThat(entries.put(text(key), text(value)))
                    .as("an entry visited twice")
                    .isNull();
            return true;
        }

        void addTo(Map<Place, TreeMap<String, String>> content, Place place) {
            if (!entries.isEmpty()) {
                content.put(place, entries);
            }
        }
    }

    private TreeMap<String, String> at(Place place) {
        return expected.computeIfAbsent(place, absent -> new TreeMap<>());
    }

    static Key key(int keyGroup, String text) {
        byte[] bytes = ("__" + text + "_").getBytes(ISO_8859_1);
        return new Key().set(bytes, 2, bytes.length - 3, KeyHash.of(bytes, 2, bytes.length - 3), keyGroup);
    }

    static Slice slice(String text) {
        byte[] bytes = ("_" + text + "__").getBytes(ISO_8859_1);
        return new Slice().set(bytes, 1, bytes.length - 3);
    }

    static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), ISO_8859_1);
    }
}

package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/** What tables are to hold, in plain maps, and the comparison of the two. */
final class TableModel {
    static final ValueTable.Combiner APPEND = (stored, delta, out) -> {
        out.writeBytes(stored.array(), stored.offset(), stored.length());
        out.writeBytes(delta.array(), delta.offset(), delta.length());
    };

    /** Table, key group, pane. */
    record Place(String table, int keyGroup, long pane) implements Comparable<Place> {
        @Override
        public int compareTo(Place o) {
            int c = table.compareTo(o.table);
            c = c != 0 ? c : Integer.compare(keyGroup, o.keyGroup);
            return c != 0 ? c : Long.compare(pane, o.pane);
        }
    }

    final TreeMap<Place, TreeMap<String, String>> values = new TreeMap<>();
    final TreeMap<Place, TreeMap<String, String>> ordered = new TreeMap<>();

    TableModel copy() {
        TableModel copy = new TableModel();
        values.forEach((place, map) -> copy.values.put(place, new TreeMap<>(map)));
        ordered.forEach((place, map) -> copy.ordered.put(place, new TreeMap<>(map)));
        return copy;
    }

    static int keyGroup(String key, int groups) {
        return Math.floorMod(key.hashCode() * 31, groups);
    }

    static Key key(String key, int groups) {
        byte[] bytes = key.getBytes(UTF_8);
        return new Key().set(bytes, 0, bytes.length, key.hashCode(), keyGroup(key, groups));
    }

    static Slice slice(String text) {
        return new Slice(text.getBytes(UTF_8));
    }

    static String text(Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), UTF_8);
    }

    void checkValue(KeyedStateBackend backend, String table, String key, long pane, int groups) {
        Slice shown = new Slice();
        boolean there = backend.valueTable(table).get(key(key, groups), pane, shown);
        String expected = values.getOrDefault(new Place(table, keyGroup(key, groups), pane), new TreeMap<>())
                .get(key);
        assertThat(there ? text(shown) : null)
                .as("%s %s pane %s", table, key, pane)
                .isEqualTo(expected);
    }

    void checkPane(KeyedStateBackend backend, Place place) {
        TreeMap<String, String> seen = new TreeMap<>();
        backend.valueTable(place.table()).forEach(place.keyGroup(), place.pane(), (key, value) -> {
            assertThat(seen.put(text(key), text(value)))
                    .as("%s twice in %s", text(key), place)
                    .isNull();
            return true;
        });
        assertThat(seen).as("%s", place).isEqualTo(values.getOrDefault(place, new TreeMap<>()));
    }

    void checkFirstPane(KeyedStateBackend backend, String table, int keyGroup, long from) {
        OptionalLong first = backend.valueTable(table).firstPane(keyGroup, from);
        Place place = new Place(table, keyGroup, from);
        OptionalLong expected = values.tailMap(place, true).entrySet().stream()
                .filter(e -> e.getKey().table().equals(table) && e.getKey().keyGroup() == keyGroup)
                .filter(e -> !e.getValue().isEmpty())
                .mapToLong(e -> e.getKey().pane())
                .findFirst();
        if (expected.isPresent()) {
            assertThat(first).as("first pane of %s from %s", table, place).isPresent();
            assertThat(first.getAsLong()).isBetween(from, expected.getAsLong());
        } else if (first.isPresent()) {
            assertThat(first.getAsLong()).isGreaterThanOrEqualTo(from);
        }
    }

    void checkScan(KeyedStateBackend backend, Place place, String from, String to, int limit) {
        NavigableMap<String, String> all = ordered.getOrDefault(place, new TreeMap<>());
        NavigableMap<String, String> range = to.isEmpty()
                ? all.tailMap(from, true)
                : from.compareTo(to) < 0 ? all.subMap(from, true, to, false) : new TreeMap<>();
        List<String> expected = range.entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .limit(limit)
                .toList();
        List<String> seen = new ArrayList<>();
        OrderedTable table = backend.orderedTable(place.table());
        table.scan(place.keyGroup(), slice(from), slice(to), (key, value) -> {
            seen.add(text(key) + "=" + text(value));
            return seen.size() < limit;
        });
        assertThat(seen).as("%s from %s to %s", place, from, to).isEqualTo(expected);
    }

    void checkOrdered(KeyedStateBackend backend, Place place, String key) {
        Slice shown = new Slice();
        boolean there = backend.orderedTable(place.table()).get(place.keyGroup(), slice(key), shown);
        assertThat(there ? text(shown) : null)
                .as("%s %s", place, key)
                .isEqualTo(ordered.getOrDefault(place, new TreeMap<>()).get(key));
    }

    /** Compares everything of the backend's key groups. */
    void checkAll(KeyedStateBackend backend) {
        for (Map.Entry<Place, TreeMap<String, String>> entry : values.entrySet()) {
            if (backend.keyGroups().contains(entry.getKey().keyGroup())) {
                checkPane(backend, entry.getKey());
            }
        }
        for (Place place : ordered.keySet()) {
            if (backend.keyGroups().contains(place.keyGroup())) {
                checkScan(backend, place, "", "", Integer.MAX_VALUE);
            }
        }
    }
}

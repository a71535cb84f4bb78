package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.Timers;
import stream.weir.runtime.state.ValueTable;

/** Tables of each kind in a copy that was made ahead, with what has changed in them since. */
class CopiesAheadTablesIT {
    private static final int KEYS = 3_000;
    private static final long WINDOW = 60;

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @RegisterExtension
    private final Halves halves = new Halves(ROCKSDB);

    @Test
    void when_an_ordered_table_was_copied_then_it_comes_in_order_with_what_was_put_and_removed_since()
            throws Exception {
        // given
        TreeMap<String, String> model = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            order(model, i, "a" + i);
        }
        halves.prepare(halves.checkpoint(1), () -> true);
        // when
        for (int i = 0; i < KEYS + 40; i += 3) {
            order(model, i, "b" + i);
        }
        for (int i = 0; i < KEYS; i += 5) {
            halves.with(Halves.keyGroup(i)).orderedTable("map").remove(Halves.keyGroup(i), slice(place(i)));
            model.remove(Halves.keyGroup(i) + "/" + place(i));
        }
        // then
        try (KeyedStateBackend next = nextOfACopy()) {
            List<String> found = new ArrayList<>();
            for (int group = Halves.NEXT.first(); group <= Halves.NEXT.last(); group++) {
                String before = group + "/";
                next.orderedTable("map")
                        .scan(
                                group,
                                new Slice(),
                                new Slice(),
                                (key, value) -> found.add(before + text(key) + "=" + text(value)));
            }
            assertThat(found)
                    .isEqualTo(model.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .toList());
        }
    }

    @Test
    void when_timers_were_copied_then_each_fires_once_at_its_time_unless_it_was_deleted_since() throws Exception {
        // given
        Key current = new Key();
        List<Timers> timers = List.of(
                Timers.open(halves.with(0), "step/timers", current),
                Timers.open(halves.with(2), "step/timers", current));
        TreeSet<String> model = new TreeSet<>();
        for (int i = 0; i < KEYS; i++) {
            set(timers, current, model, i, time(i));
        }
        halves.prepare(halves.checkpoint(1), () -> true);
        // when
        for (int i = 0; i < KEYS; i += 3) {
            at(current, i);
            timers.get(Halves.keyGroup(i) / 2).delete(time(i));
            model.remove(fired(time(i), i));
        }
        for (int i = 0; i < KEYS; i += 4) {
            set(timers, current, model, i + 1, time(i) + 1);
        }
        // then
        try (KeyedStateBackend next = nextOfACopy()) {
            List<Long> times = new ArrayList<>();
            TreeSet<String> found = new TreeSet<>();
            int count = Timers.open(next, "step/timers", current).fire(Long.MAX_VALUE, time -> {
                times.add(time);
                found.add("%06d %s"
                        .formatted(time, new String(current.array(), current.offset(), current.length(), UTF_8)));
            });
            assertThat(found).isEqualTo(model).hasSize(count);
            assertThat(times).isSorted();
        }
    }

    @Test
    void when_windows_were_copied_and_removed_since_then_only_what_came_after_is_in_them() throws Exception {
        // given
        for (int i = 0; i < KEYS; i++) {
            window(i, WINDOW);
            window(i, 2 * WINDOW);
        }
        halves.prepare(halves.checkpoint(1), () -> true);
        // when
        for (int group = 0; group < 4; group++) {
            halves.with(group).valueTable("windows").removePane(group, WINDOW);
        }
        window(1, WINDOW);
        // then
        try (KeyedStateBackend next = nextOfACopy()) {
            assertThat(count(next, WINDOW)).isEqualTo(1);
            assertThat(count(next, 2 * WINDOW)).isEqualTo(KEYS * 3 / 4);
        }
    }

    /** From a checkpoint of now, where the tables of the copied database are nowhere but in the copy. */
    private KeyedStateBackend nextOfACopy() throws IOException {
        List<StateHandle> newest = halves.checkpoint(2);
        halves.loseTablesOfFirst(newest);
        return halves.next(newest);
    }

    private void order(TreeMap<String, String> model, int i, String value) {
        int group = Halves.keyGroup(i);
        OrderedTable table = halves.with(group).orderedTable("map");
        table.put(group, slice(place(i)), slice(value));
        if (Halves.NEXT.contains(group)) {
            model.put(group + "/" + place(i), value);
        }
    }

    /** Not in the order in which entries are made. */
    private static String place(int i) {
        return "%05d".formatted(time(i));
    }

    private static long time(int i) {
        return i * 7_919L % 100_000;
    }

    private static void set(List<Timers> timers, Key current, TreeSet<String> model, int i, long time) {
        at(current, i);
        timers.get(Halves.keyGroup(i) / 2).set(time);
        if (Halves.NEXT.contains(Halves.keyGroup(i))) {
            model.add(fired(time, i));
        }
    }

    private static void at(Key current, int i) {
        Key key = Halves.key(i);
        current.set(key.array(), key.offset(), key.length(), key.hash(), key.keyGroup());
    }

    private static String fired(long time, int i) {
        return "%06d key%d".formatted(time, i);
    }

    private void window(int i, long pane) {
        byte[] value = {1};
        halves.with(Halves.keyGroup(i)).valueTable("windows").put(Halves.key(i), pane, value, 0, value.length);
    }

    private static int count(KeyedStateBackend in, long pane) {
        ValueTable windows = in.valueTable("windows");
        int[] count = {0};
        for (int group = Halves.NEXT.first(); group <= Halves.NEXT.last(); group++) {
            windows.forEach(group, pane, (key, value) -> ++count[0] > 0);
        }
        return count[0];
    }

    private static Slice slice(String text) {
        return new Slice(text.getBytes(UTF_8));
    }

    private static String text(Slice slice) {
        return new String(slice.toByteArray(), UTF_8);
    }
}

package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

/** What a restore makes of the changes beside a database, and what the checkpoint after it has. */
class RocksDbReplayIT {
    private static final KeyGroupRange GROUPS = new KeyGroupRange(0, 3);
    private static final long WINDOW = 60;

    /** Of 16 KiB of cache; changes are never so many that the database is linked anew. */
    private static final RocksDbConfig SMALL =
            new RocksDbConfig(Uploads.INCREMENTAL, 16 << 10, 1 << 10, 3, 1 << 20, 100);

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @TempDir
    private Path folder;

    private final StateFilesInMemory files = new StateFilesInMemory();
    private final List<KeyedStateBackend> opened = new ArrayList<>();
    private KeyedStateBackend backend;
    private long checkpoint;

    /** Keys 0 to 99 are in the database; what comes next is beside it. */
    @BeforeEach
    void openFirst() throws IOException {
        backend = open(SMALL, GROUPS, List.of());
        put(backend, 0, 100, "first");
        for (int i = 0; i < 100; i++) {
            window(backend, "key" + i);
        }
        ordered(backend, 0, 100, "first");
        completed(backend);
    }

    @AfterEach
    void closeAll() {
        opened.forEach(KeyedStateBackend::close);
    }

    @Test
    void when_a_restored_state_is_captured_at_once_then_the_checkpoint_is_the_same_and_nothing_is_stored()
            throws IOException {
        put(backend, 50, 150, "second");
        RocksDb second = completed(backend);
        int before = files.size();

        RocksDb third = completed(open(List.of(second)));

        assertThat(third.files()).isEqualTo(second.files());
        assertThat(files.size()).isEqualTo(before);
        assertThat(content(open(List.of(third)))).hasSize(150).containsEntry("key7", "first7");
    }

    @Test
    void when_a_restored_state_changes_then_only_that_is_stored_and_each_restore_has_all() throws IOException {
        put(backend, 50, 150, "second");
        RocksDb newest = completed(backend);
        for (int round = 0; round < 5; round++) {
            KeyedStateBackend restored = open(List.of(newest));
            put(restored, 140 + round, 150 + round, "round" + round + "-");
            int before = files.size();

            newest = completed(restored);

            assertThat(files.size() - before).isEqualTo(1);
        }
        assertThat(content(open(List.of(newest))))
                .hasSize(154)
                .containsEntry("key7", "first7")
                .containsEntry("key60", "second60")
                .containsEntry("key143", "round3-143")
                .containsEntry("key153", "round4-153");
    }

    @Test
    void when_there_are_more_changes_than_the_cache_holds_then_each_key_has_its_last_value() throws IOException {
        put(backend, 0, 3000, "second");
        completed(backend);
        put(backend, 1000, 2000, "third");
        RocksDb third = completed(backend);

        KeyedStateBackend restored = open(List.of(third));

        assertThat(content(restored))
                .hasSize(3000)
                .containsEntry("key7", "second7")
                .containsEntry("key1500", "third1500");
        assertThat(content(open(List.of(completed(restored))))).isEqualTo(content(backend));
    }

    @Test
    void when_keys_were_removed_then_they_stay_away() throws IOException {
        put(backend, 100, 120, "second");
        completed(backend);
        for (int i = 90; i < 110; i++) {
            backend.valueTable("values").remove(key("key" + i), ValueTable.NO_PANE);
        }
        put(backend, 95, 96, "third");
        RocksDb third = completed(backend);

        KeyedStateBackend restored = open(List.of(third));

        assertThat(content(restored))
                .hasSize(101)
                .containsEntry("key95", "third95")
                .doesNotContainKeys("key90", "key109");
        assertThat(content(open(List.of(completed(restored))))).isEqualTo(content(backend));
    }

    @Test
    void when_panes_were_removed_then_only_what_came_after_is_in_them() throws IOException {
        for (int group = 0; group <= GROUPS.last(); group++) {
            backend.valueTable("windows").removePane(group, WINDOW);
        }
        window(backend, "key7");
        RocksDb second = completed(backend);

        KeyedStateBackend restored = open(List.of(second));

        assertThat(windows(restored)).containsExactly("key7");
        assertThat(windows(open(List.of(completed(restored))))).containsExactly("key7");
    }

    @Test
    void when_ordered_tables_have_changed_then_they_are_as_they_were() throws IOException {
        ordered(backend, 50, 150, "second");
        for (int i = 0; i < 20; i++) {
            backend.orderedTable("timers").remove(i % 4, slice("" + (1000 + i)));
        }
        completed(backend);
        ordered(backend, 10, 11, "third");
        RocksDb third = completed(backend);

        KeyedStateBackend restored = open(List.of(third));

        assertThat(ordered(restored))
                .hasSize(131)
                .containsEntry("1010", "third10")
                .containsEntry("1020", "first20")
                .containsEntry("1050", "second50")
                .doesNotContainKey("1000");
        assertThat(ordered(open(List.of(completed(restored))))).isEqualTo(ordered(backend));
    }

    @Test
    void when_a_part_of_the_key_groups_is_restored_then_changes_of_others_are_left_out() throws IOException {
        put(backend, 50, 150, "second");
        ordered(backend, 50, 150, "second");
        RocksDb second = completed(backend);

        RocksDb low = completed(open(SMALL, new KeyGroupRange(0, 1), List.of(second)));
        RocksDb high = completed(open(SMALL, new KeyGroupRange(2, 3), List.of(second)));

        assertThat(low.files()).as("stored anew").noneMatch(file -> ChangeFile.isNameOfOne(file.path()));
        assertThat(content(open(SMALL, new KeyGroupRange(0, 1), List.of(low)))).hasSizeBetween(1, 149);
        KeyedStateBackend both = open(List.of(low, high));
        assertThat(content(both)).isEqualTo(content(backend));
        assertThat(ordered(both)).isEqualTo(ordered(backend));
    }

    @Test
    void when_databases_number_their_tables_differently_then_changes_get_into_those_of_their_names()
            throws IOException {
        RocksDb whole = completed(backend);
        KeyedStateBackend low = open(SMALL, new KeyGroupRange(0, 1), List.of(whole));
        KeyedStateBackend high = open(SMALL, new KeyGroupRange(2, 3), List.of());
        ordered(high, "late", 2, "1000");
        window(high, "late", 3);
        put(high, "late", 2);
        ordered(high, "late", 2, "1000");
        completed(low);
        completed(high);
        put(low, "low", 1);
        put(high, "high", 2);
        window(high, "high", 3);
        ordered(high, "high", 2, "1001");
        List<RocksDb> changed = List.of(completed(low), completed(high));

        KeyedStateBackend restored = open(changed);

        assertThat(content(restored))
                .hasSize(content(low).size() + 2)
                .containsEntry("low", "low")
                .containsEntry("high", "high")
                .containsEntry("late", "late");
        assertThat(windows(restored)).contains("late", "high");
        assertThat(ordered(restored)).containsEntry("1000", "late").containsEntry("1001", "high");
        assertThat(content(open(List.of(completed(restored))))).isEqualTo(content(restored));
    }

    @Test
    void when_the_database_is_linked_anew_after_a_restore_then_each_checkpoint_is_exact() throws IOException {
        put(backend, 50, 150, "second");
        RocksDb second = completed(backend);
        KeyedStateBackend restored = open(SMALL.withChanges(4 << 10, 3), Runnable::run, GROUPS, List.of(second));
        List<RocksDb> handles = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            put(restored, 10 * round, 10 * round + 20, "round" + round + "-");
            handles.add(completed(restored));
        }

        for (int round = 0; round < 8; round++) {
            assertThat(content(open(List.of(handles.get(round)))))
                    .hasSize(150)
                    .containsEntry("key" + 10 * round, "round" + round + "-" + 10 * round)
                    .containsEntry("key149", "second149");
        }
        assertThat(handles.getLast().files()).doesNotContainAnyElementsOf(changes(second));
    }

    @Test
    void when_a_restored_state_gets_a_new_table_then_the_next_checkpoint_has_it() throws IOException {
        put(backend, 50, 150, "second");
        KeyedStateBackend restored = open(List.of(completed(backend)));
        put(restored.valueTable("added"), "new", 1);

        KeyedStateBackend again = open(List.of(completed(restored)));

        assertThat(again.valueTable("added").get(key("new", 1), ValueTable.NO_PANE, new Slice()))
                .isTrue();
        assertThat(content(again)).hasSize(150);
    }

    @Test
    void when_uploads_are_full_then_a_restored_state_stores_all_of_itself() throws IOException {
        put(backend, 50, 150, "second");
        RocksDb second = completed(backend);

        RocksDb full = completed(open(SMALL.withUploads(Uploads.FULL), GROUPS, List.of(second)));

        assertThat(full.objects()).doesNotContainAnyElementsOf(second.objects().toList());
        assertThat(content(open(List.of(full)))).hasSize(150).containsEntry("key60", "second60");
    }

    @Test
    void when_changes_are_of_a_table_that_is_not_there_then_the_error_says_so() throws IOException {
        put(backend, 50, 150, "second");
        RocksDb second = completed(backend);
        KeyedStateBackend empty = open(List.of());
        List<RocksDbFile> mixed = new ArrayList<>(completed(empty).files());
        mixed.addAll(changes(second));

        assertThatThrownBy(() -> open(List.of(new RocksDb(GROUPS, mixed))))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(".changes", "column family");
    }

    private KeyedStateBackend open(List<? extends StateHandle> handles) throws IOException {
        return open(SMALL, GROUPS, handles);
    }

    private KeyedStateBackend open(RocksDbConfig config, KeyGroupRange keyGroups, List<? extends StateHandle> handles)
            throws IOException {
        return open(config, ROCKSDB.pool(), keyGroups, handles);
    }

    private KeyedStateBackend open(
            RocksDbConfig config, Executor executor, KeyGroupRange keyGroups, List<? extends StateHandle> handles)
            throws IOException {
        String name = "replica-" + opened.size();
        KeyedStateBackend made = ROCKSDB.factory(config, executor)
                .open(new Scope(name, keyGroups, folder.resolve(name), files), List.copyOf(handles));
        opened.add(made);
        return made;
    }

    private RocksDb completed(KeyedStateBackend of) throws IOException {
        long id = ++checkpoint;
        RocksDb handle = (RocksDb) of.capture(id).store(files).handles().getFirst();
        of.completed(id);
        return handle;
    }

    private static List<RocksDbFile> changes(RocksDb handle) {
        return handle.files().stream()
                .filter(file -> ChangeFile.isNameOfOne(file.path()))
                .toList();
    }

    private static Key key(String name) {
        return key(name, Math.floorMod(name.hashCode(), 4));
    }

    private static Key key(String name, int keyGroup) {
        byte[] bytes = name.getBytes(UTF_8);
        return new Key().set(bytes, 0, bytes.length, name.hashCode(), keyGroup);
    }

    private static Slice slice(String text) {
        return new Slice(text.getBytes(UTF_8));
    }

    private static void put(KeyedStateBackend into, int from, int to, String value) {
        for (int i = from; i < to; i++) {
            byte[] bytes = (value + i).getBytes(UTF_8);
            into.valueTable("values").put(key("key" + i), ValueTable.NO_PANE, bytes, 0, bytes.length);
        }
    }

    private static void put(KeyedStateBackend into, String name, int keyGroup) {
        put(into.valueTable("values"), name, keyGroup);
    }

    private static void put(ValueTable into, String name, int keyGroup) {
        byte[] bytes = name.getBytes(UTF_8);
        into.put(key(name, keyGroup), ValueTable.NO_PANE, bytes, 0, bytes.length);
    }

    private static void window(KeyedStateBackend into, String name) {
        window(into, name, Math.floorMod(name.hashCode(), 4));
    }

    private static void window(KeyedStateBackend into, String name, int keyGroup) {
        into.valueTable("windows").put(key(name, keyGroup), WINDOW, name.getBytes(UTF_8), 0, name.length());
    }

    private static void ordered(KeyedStateBackend into, int from, int to, String value) {
        for (int i = from; i < to; i++) {
            ordered(into, value + i, i % 4, "" + (1000 + i));
        }
    }

    private static void ordered(KeyedStateBackend into, String value, int keyGroup, String key) {
        into.orderedTable("timers").put(keyGroup, slice(key), slice(value));
    }

    private static TreeMap<String, String> content(KeyedStateBackend of) {
        TreeMap<String, String> content = new TreeMap<>();
        for (int group = of.keyGroups().first(); group <= of.keyGroups().last(); group++) {
            of.valueTable("values").forEach(group, ValueTable.NO_PANE, (key, value) -> {
                content.put(text(key), text(value));
                return true;
            });
        }
        return content;
    }

    private static List<String> windows(KeyedStateBackend of) {
        List<String> keys = new ArrayList<>();
        for (int group = of.keyGroups().first(); group <= of.keyGroups().last(); group++) {
            of.valueTable("windows").forEach(group, WINDOW, (key, value) -> keys.add(text(key)));
        }
        return keys;
    }

    private static TreeMap<String, String> ordered(KeyedStateBackend of) {
        TreeMap<String, String> content = new TreeMap<>();
        for (int group = of.keyGroups().first(); group <= of.keyGroups().last(); group++) {
            of.orderedTable("timers").scan(group, new Slice(), new Slice(), (key, value) -> {
                content.put(text(key), text(value));
                return true;
            });
        }
        return content;
    }

    private static String text(Slice slice) {
        return new String(slice.toByteArray(), UTF_8);
    }
}

package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFigures;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

/** What checkpoints store, what they build on, and what happens when something fails. */
class RocksDbCheckpointIT {
    private static final KeyGroupRange GROUPS = new KeyGroupRange(0, 3);
    private static final RocksDbConfig SMALL = new RocksDbConfig(Uploads.INCREMENTAL, 16 << 10, 1 << 10, 3, 4 << 10, 4);

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @TempDir
    private Path folder;

    private final StateFilesInMemory files = new StateFilesInMemory();
    private final List<KeyedStateBackend> opened = new ArrayList<>();

    @AfterEach
    void closeAll() {
        opened.forEach(KeyedStateBackend::close);
    }

    @Test
    void when_a_checkpoint_builds_on_a_completed_one_then_only_new_files_are_stored() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        RocksDb first = completed(backend, 1);
        put(backend, 500, 520, "second");
        int before = files.size();

        RocksDb second = completed(backend, 2);

        assertThat(tables(second)).containsAll(tables(first));
        assertThat(files.size() - before).as("what has changed").isEqualTo(1);
        assertThat(content(open(SMALL, List.of(second)))).hasSize(520);
    }

    @Test
    void when_nothing_changed_then_no_table_is_stored() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        RocksDb first = completed(backend, 1);

        assertThat(tables(completed(backend, 2))).isEqualTo(tables(first));
    }

    @Test
    void when_changes_have_become_many_then_a_later_checkpoint_is_built_on_new_files_and_each_is_exact()
            throws IOException {
        RocksDbStateBackendFactory factory = ROCKSDB.factory(SMALL, Runnable::run);
        KeyedStateBackend backend =
                factory.open(new Scope("inline", GROUPS, folder.resolve("inline"), files), List.of());
        opened.add(backend);
        List<RocksDb> handles = new ArrayList<>();
        for (int checkpoint = 1; checkpoint <= 12; checkpoint++) {
            put(backend, 0, 10 * checkpoint, "in" + checkpoint + "-");
            handles.add(completed(backend, checkpoint));
        }

        for (int checkpoint = 1; checkpoint <= 12; checkpoint++) {
            RocksDb handle = handles.get(checkpoint - 1);
            assertThat(changes(handle)).hasSizeLessThanOrEqualTo(SMALL.changeFiles());
            assertThat(content(open(SMALL, List.of(handle))))
                    .hasSize(10 * checkpoint)
                    .containsEntry("key7", "in" + checkpoint + "-7");
        }
        assertThat(tables(handles.getLast())).isNotEqualTo(tables(handles.getFirst()));
        assertThat(handles).anySatisfy(handle -> assertThat(changes(handle)).hasSizeGreaterThan(1));
    }

    @Test
    void when_the_database_is_linked_anew_then_its_files_are_stored_before_the_checkpoint_that_is_built_on_it()
            throws IOException {
        RocksDbConfig often = SMALL.withChanges(4 << 10, 1);
        RocksDbStateBackendFactory factory = new RocksDbStateBackendFactory(
                often, ROCKSDB.memory(), Runnable::run, () -> 0, InstantSource.fixed(Instant.EPOCH));
        KeyedStateBackend backend =
                factory.open(new Scope("inline", GROUPS, folder.resolve("inline"), files), List.of());
        opened.add(backend);
        put(backend, 0, 500, "first");
        RocksDb first = completed(backend, 1);
        put(backend, 0, 400, "second");
        completed(backend, 2);
        StateCapture third = backend.capture(3);
        int before = files.size();

        RocksDb built = handle(third.store(files));

        assertThat(tables(built)).isNotEqualTo(tables(first));
        assertThat(files.size() - before).as("CURRENT and MANIFEST of the link").isEqualTo(2);
        assertThat(content(open(SMALL, List.of(built)))).hasSize(500).containsEntry("key7", "second7");
    }

    @Test
    void when_a_checkpoint_was_aborted_then_the_next_has_what_changed_before_it_too() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 1, "");
        completed(backend, 1);
        put(backend, 0, 10, "first");
        stored(backend, 2);
        backend.aborted(2);
        put(backend, 10, 20, "second");
        backend.capture(3).discard();
        put(backend, 20, 30, "third");

        RocksDb fourth = completed(backend, 4);

        assertThat(changes(fourth)).hasSize(3);
        assertThat(content(open(SMALL, List.of(fourth)))).hasSize(30);
    }

    @Test
    void when_more_changes_than_is_worth_recording_then_the_next_checkpoint_has_new_files_and_no_changes()
            throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 10, "first");
        completed(backend, 1);
        put(backend, 0, 5000, "second");

        RocksDb second = completed(backend, 2);
        put(backend, 0, 10, "third");
        RocksDb third = completed(backend, 3);

        assertThat(changes(second)).isEmpty();
        assertThat(content(open(SMALL, List.of(second)))).hasSize(5000).containsEntry("key7", "second7");
        assertThat(changes(third)).hasSize(1);
        assertThat(content(open(SMALL, List.of(third)))).hasSize(5000).containsEntry("key7", "third7");
    }

    @Test
    void when_a_table_is_added_then_the_next_checkpoint_has_it() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 10, "first");
        completed(backend, 1);
        backend.valueTable("windows").put(key("key1"), 60, "new".getBytes(UTF_8), 0, 3);

        KeyedStateBackend restored = open(SMALL, List.of(completed(backend, 2)));

        assertThat(count(restored.valueTable("windows"))).isEqualTo(1);
        assertThat(content(restored)).hasSize(10);
    }

    @Test
    void when_changes_are_of_an_unknown_kind_then_the_error_says_so() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 10, "first");
        RocksDb first = completed(backend, 1);
        List<RocksDbFile> altered = new ArrayList<>(first.files());
        altered.add(new RocksDbFile("000000000099.changes", files.store(new byte[] {77})));

        assertThatThrownBy(() -> open(SMALL, List.of(new RocksDb(GROUPS, altered))))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("000000000099.changes", "unknown kind 77");
    }

    @Test
    void when_values_are_read_then_the_cache_counts_what_it_answered_and_what_the_database_had_to() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        KeyedStateBackend restored = open(SMALL, List.of(completed(backend, 1)));
        Slice value = new Slice();

        restored.valueTable("values").get(key("key7"), ValueTable.NO_PANE, value);
        restored.valueTable("values").get(key("key7"), ValueTable.NO_PANE, value);
        restored.valueTable("values").get(key("key7"), ValueTable.NO_PANE, value);

        assertThat(restored.figures().cacheMisses()).isEqualTo(1);
        assertThat(restored.figures().cacheHits()).isEqualTo(2);
    }

    @Test
    void when_values_are_read_then_the_blocks_that_were_needed_are_counted_from_the_opening_on() throws Exception {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        KeyedStateBackend restored = open(SMALL, List.of(completed(backend, 1)));
        StateFigures before = restored.figures();

        restored.valueTable("values").get(key("key7"), ValueTable.NO_PANE, new Slice());

        StateFigures after = restored.figures();
        assertThat(before.blockHits() + before.blockMisses()).isZero();
        assertThat(after.blockMisses()).as("nothing was read before").isPositive();
        assertThat(ROCKSDB.pool().submit(restored::figures).get().blockMisses())
                .as("another thread sees what was known last")
                .isEqualTo(after.blockMisses());
    }

    @Test
    void when_uploads_are_full_then_no_checkpoint_shares_a_file_with_another() throws IOException {
        KeyedStateBackend backend = open(SMALL.withUploads(Uploads.FULL), List.of());
        put(backend, 0, 500, "first");

        assertThat(tables(completed(backend, 1))).doesNotContainAnyElementsOf(tables(completed(backend, 2)));
    }

    @Test
    void when_a_checkpoint_was_aborted_or_is_not_complete_yet_then_none_builds_on_it() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        RocksDb aborted = stored(backend, 1);
        backend.aborted(1);
        backend.completed(1);
        RocksDb pending = stored(backend, 2);
        RocksDb third = stored(backend, 3);

        assertThat(tables(third)).doesNotContainAnyElementsOf(tables(aborted));
        assertThat(tables(third)).doesNotContainAnyElementsOf(tables(pending));
    }

    @Test
    void when_an_older_checkpoint_completes_late_then_the_newest_is_built_on() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        stored(backend, 1);
        RocksDb second = completed(backend, 2);
        backend.completed(1);

        assertThat(tables(stored(backend, 3))).isEqualTo(tables(second));
    }

    @Test
    void when_a_replica_restarts_from_a_checkpoint_then_its_next_one_builds_on_that() throws IOException {
        KeyedStateBackend before = open(SMALL, List.of());
        put(before, 0, 500, "first");
        RocksDb first = completed(before, 1);
        KeyedStateBackend restored = open(SMALL, List.of(first));
        put(restored, 500, 510, "second");

        RocksDb second = completed(restored, 2);

        assertThat(tables(second)).isEqualTo(tables(first));
        assertThat(changes(second)).hasSize(1);
        assertThat(content(open(SMALL, List.of(second)))).hasSize(510);
    }

    @Test
    void when_a_replica_takes_over_a_part_then_it_has_that_alone_and_builds_on_the_files() throws IOException {
        KeyedStateBackend before = open(SMALL, List.of());
        put(before, 0, 500, "first");
        RocksDb whole = completed(before, 1);
        int all = content(before).size();

        RocksDb low = completed(open(SMALL, new KeyGroupRange(0, 1), List.of(whole)), 2);
        RocksDb high = completed(open(SMALL, new KeyGroupRange(2, 3), List.of(whole)), 2);

        assertThat(tables(low)).containsAll(tables(whole));
        int lowOnly = content(open(SMALL, List.of(low))).size();
        assertThat(lowOnly).isBetween(1, all - 1);
        assertThat(content(open(SMALL, List.of(low, high)))).hasSize(all);
    }

    /** Both databases go on from checkpoint 1 and number their next files alike. */
    @Test
    void when_two_databases_have_files_of_one_name_then_each_checkpoint_has_its_own() throws IOException {
        KeyedStateBackend old = open(SMALL, List.of());
        put(old, 0, 500, "first");
        RocksDb first = completed(old, 1);
        KeyedStateBackend restored = open(SMALL, List.of(first));
        put(old, 0, 300, "abandoned");
        put(restored, 0, 300, "continued");

        RocksDb abandoned = completed(old, 2);
        RocksDb continued = completed(restored, 2);

        assertThat(names(continued)).containsAnyElementsOf(names(abandoned));
        assertThat(content(open(SMALL, List.of(abandoned)))).containsEntry("key7", "abandoned7");
        assertThat(content(open(SMALL, List.of(continued)))).containsEntry("key7", "continued7");
    }

    @Test
    void when_it_was_restored_from_a_savepoint_then_nothing_builds_on_what_belongs_to_the_user() throws IOException {
        Savepoints savepoints = new Savepoints();
        KeyedStateBackend before = open(SMALL, List.of());
        put(before, 0, 500, "first");
        before.capture(1).store(savepoints);
        before.completed(1);
        put(before, 0, 50, "second");
        RocksDb savepoint = handle(before.capture(2).store(savepoints));
        KeyedStateBackend restored = ROCKSDB.factory(SMALL)
                .open(new Scope("restored", GROUPS, folder.resolve("own"), savepoints), List.of(savepoint));
        opened.add(restored);

        RocksDb next = handle(restored.capture(2).store(files));
        assertThat(next.objects()).allMatch(o -> o.name().startsWith("files/"));
        assertThat(content(open(SMALL, List.of(next)))).hasSize(500).containsEntry("key7", "second7");
    }

    @Test
    void when_panes_go_before_a_capture_then_they_never_were_in_rocksdb() throws IOException {
        KeyedStateBackend backend = open(RocksDbConfig.DEFAULT, List.of());
        ValueTable windows = backend.valueTable("windows");
        for (long pane = 1; pane <= 20; pane++) {
            for (int i = 0; i < 100; i++) {
                windows.put(key("key" + i), pane, "value".getBytes(UTF_8), 0, 5);
            }
            for (int group = 0; group <= GROUPS.last(); group++) {
                windows.removePane(group, pane);
            }
        }

        assertThat(tables(completed(backend, 1))).isEmpty();
    }

    @Test
    void when_a_pane_in_rocksdb_is_removed_and_comes_back_then_only_what_is_new_is_in_it() throws IOException {
        KeyedStateBackend backend = open(RocksDbConfig.DEFAULT, List.of());
        ValueTable windows = backend.valueTable("windows");
        for (int keys : new int[] {20, 5000}) {
            for (int i = 0; i < keys; i++) {
                windows.put(key("key" + i), 60, "old".getBytes(UTF_8), 0, 3);
            }
            completed(backend, keys);
            for (int group = 0; group <= GROUPS.last(); group++) {
                windows.removePane(group, 60);
            }
            windows.put(key("key1"), 60, "new".getBytes(UTF_8), 0, 3);

            KeyedStateBackend restored = open(SMALL, List.of(completed(backend, keys + 1)));
            assertThat(count(windows)).isEqualTo(1);
            assertThat(count(restored.valueTable("windows"))).isEqualTo(1);
        }
    }

    @Test
    void when_a_handle_was_written_by_another_backend_then_the_error_says_so() {
        StateHandle inline = new StateHandle.Inline(GROUPS, new byte[0]);

        assertThatThrownBy(() -> open(SMALL, List.of(inline)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("key groups 0 to 3", "another state backend", "Inline");
    }

    @Test
    void when_a_handle_names_a_file_outside_of_the_folder_then_nothing_is_fetched() throws IOException {
        StoredObject object = files.store(new byte[3]);
        RocksDb handle = new RocksDb(GROUPS, List.of(new RocksDbFile("../CURRENT", object)));

        assertThatThrownBy(() -> open(SMALL, List.of(handle)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("'../CURRENT'", object.name());
    }

    @Test
    void when_two_handles_hold_the_same_group_then_that_is_an_error() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 10, "first");
        RocksDb handle = completed(backend, 1);

        assertThatThrownBy(() -> open(SMALL, List.of(handle, handle)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void when_rocksdb_cannot_write_then_the_replica_is_told_the_cause() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 10, "first");
        FileTrees.delete(folder.resolve("replica-0").resolve("db"));
        StateCapture capture = backend.capture(1);

        assertThatThrownBy(() -> capture.store(files))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("replica-0")
                .hasRootCauseInstanceOf(org.rocksdb.RocksDBException.class);
        assertThatThrownBy(() -> put(backend, 0, 100_000, "second"))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseInstanceOf(org.rocksdb.RocksDBException.class);
        assertThatThrownBy(() -> backend.capture(2)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void when_it_is_closed_then_every_use_is_an_error_and_its_folder_is_gone() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        ValueTable values = backend.valueTable("values");
        StateCapture capture = backend.capture(1);

        backend.close();
        backend.close();

        assertThatThrownBy(() -> capture.store(files)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> values.get(key("key1"), 0, new Slice())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> values.forEach(1, 0, (k, v) -> true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> backend.valueTable("other")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> backend.capture(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(backend::sizeBytes).isInstanceOf(IllegalStateException.class);
        capture.discard();
        assertThat(folder.resolve("replica-0")).doesNotExist();
    }

    @Test
    void when_captures_are_over_then_their_folders_are_gone() throws IOException {
        KeyedStateBackend backend = open(SMALL, List.of());
        put(backend, 0, 500, "first");
        completed(backend, 1);
        backend.capture(2).discard();
        put(backend, 0, 500, "second");
        files.fail();
        StateCapture failing = backend.capture(3);
        assertThatThrownBy(() -> failing.store(files)).isInstanceOf(IOException.class);
        files.heal();
        backend.aborted(3);

        completed(backend, 4);
        StateCapture last = backend.capture(5);
        last.store(files);

        assertThat(Files.list(folder.resolve("replica-0").resolve("links"))).hasSizeLessThanOrEqualTo(1);
        assertThat(Files.list(folder.resolve("replica-0").resolve("changes")))
                .hasSizeLessThanOrEqualTo(SMALL.changeFiles());
    }

    private KeyedStateBackend open(RocksDbConfig config, List<? extends StateHandle> handles) throws IOException {
        return open(config, GROUPS, handles);
    }

    private KeyedStateBackend open(RocksDbConfig config, KeyGroupRange keyGroups, List<? extends StateHandle> handles)
            throws IOException {
        String name = "replica-" + opened.size();
        KeyedStateBackend backend = ROCKSDB.factory(config)
                .open(new Scope(name, keyGroups, folder.resolve(name), files), List.copyOf(handles));
        opened.add(backend);
        return backend;
    }

    private RocksDb completed(KeyedStateBackend backend, long checkpoint) throws IOException {
        RocksDb handle = stored(backend, checkpoint);
        backend.completed(checkpoint);
        return handle;
    }

    private RocksDb stored(KeyedStateBackend backend, long checkpoint) throws IOException {
        return handle(backend.capture(checkpoint).store(files));
    }

    private static RocksDb handle(StateCapture.Stored stored) {
        return (RocksDb) stored.handles().getFirst();
    }

    private static Set<StoredObject> tables(RocksDb handle) {
        return handle.files().stream()
                .filter(f -> f.path().endsWith(".sst"))
                .map(RocksDbFile::object)
                .collect(Collectors.toSet());
    }

    private static List<String> changes(RocksDb handle) {
        return handle.files().stream()
                .map(RocksDbFile::path)
                .filter(path -> path.endsWith(".changes"))
                .toList();
    }

    private static Set<String> names(RocksDb handle) {
        return handle.files().stream()
                .map(RocksDbFile::path)
                .filter(p -> p.endsWith(".sst"))
                .collect(Collectors.toSet());
    }

    private static Key key(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        return new Key().set(bytes, 0, bytes.length, name.hashCode(), Math.floorMod(name.hashCode(), 4));
    }

    private static void put(KeyedStateBackend backend, int from, int to, String value) {
        for (int i = from; i < to; i++) {
            byte[] bytes = (value + i).getBytes(UTF_8);
            backend.valueTable("values").put(key("key" + i), ValueTable.NO_PANE, bytes, 0, bytes.length);
        }
    }

    private static TreeMap<String, String> content(KeyedStateBackend backend) {
        TreeMap<String, String> content = new TreeMap<>();
        for (int group = 0; group <= GROUPS.last(); group++) {
            backend.valueTable("values").forEach(group, ValueTable.NO_PANE, (key, value) -> {
                content.put(new String(key.toByteArray(), UTF_8), new String(value.toByteArray(), UTF_8));
                return true;
            });
        }
        return content;
    }

    private static int count(ValueTable windows) {
        int[] count = {0};
        for (int group = 0; group <= GROUPS.last(); group++) {
            windows.forEach(group, 60, (key, value) -> ++count[0] > 0);
        }
        return count[0];
    }

    /** Stores under the name of a savepoint. */
    private final class Savepoints implements StateFiles {
        @Override
        public StoredObject store(Path file) throws IOException {
            return renamed("savepoints/mine/", files.store(file));
        }

        @Override
        public StoredObject store(byte[] content) throws IOException {
            return renamed("savepoints/mine/", files.store(content));
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return files.open(renamed("files/", object));
        }

        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            files.fetch(renamed("files/", object), target);
        }

        private static StoredObject renamed(String prefix, StoredObject object) {
            String name = object.name().substring(object.name().lastIndexOf('/') + 1);
            return new StoredObject(prefix + name, object.bytes(), object.crc32c());
        }
    }
}

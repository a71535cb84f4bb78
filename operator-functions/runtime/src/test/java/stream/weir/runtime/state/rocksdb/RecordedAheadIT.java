package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFilesInMemory;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;
import stream.weir.runtime.state.rocksdb.TableModel.Place;

/** Checkpoints of which a part was recorded, and perhaps stored, before their barrier came. */
class RecordedAheadIT {
    private static final int GROUPS = 4;
    private static final int SEVERAL_FILES = 1500;

    /** Pages of 256 bytes: files are stored as soon as they are of some 8 KiB; the database is linked after 512 KiB. */
    private static final RocksDbConfig CONFIG =
            new RocksDbConfig(Uploads.INCREMENTAL, 512 << 10, 256, 3, 512 << 10, 50);

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @TempDir
    private Path folder;

    private final StateFilesInMemory files = new StateFilesInMemory();
    private final List<KeyedStateBackend> opened = new ArrayList<>();
    private final TableModel model = new TableModel();
    private long millis;
    private int keys;
    private long checkpoint;

    @AfterEach
    void closeAll() {
        opened.forEach(KeyedStateBackend::close);
    }

    @Test
    void when_much_changes_between_captures_then_most_of_it_is_stored_before_the_capture_and_it_is_exact()
            throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        int before = files.size();
        put(backend, SEVERAL_FILES);
        int ahead = files.size() - before;

        RocksDb handle = completed(backend);

        assertThat(ahead).isGreaterThan(5);
        assertThat(files.size() - before).as("and what has changed since").isEqualTo(ahead + 1);
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_much_is_read_that_the_cache_does_not_hold_then_as_many_files_are_stored_as_without() throws IOException {
        KeyedStateBackend backend = open(CONFIG.withCacheBytes(64 << 10), Runnable::run, List.of());
        for (int i = 0; i < 4; i++) {
            put(backend, SEVERAL_FILES);
            completed(backend);
        }
        Random random = new Random(1);
        int before = files.size();
        for (int i = 0; i < SEVERAL_FILES; i++) {
            put(backend, 1);
            for (int read = 0; read < 10; read++) {
                model.checkValue(backend, "values", "k" + random.nextInt(keys), ValueTable.NO_PANE, GROUPS);
            }
        }

        RocksDb handle = completed(backend);

        assertThat(backend.figures().cacheMisses()).isGreaterThan(5L * SEVERAL_FILES);
        assertThat(files.size() - before).isBetween(6, 10);
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_captures_are_far_apart_then_nothing_is_stored_ahead_and_it_is_exact() throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        millis += AheadUploads.FRESH.toMillis();
        completed(backend);
        int before = files.size();
        put(backend, SEVERAL_FILES);
        assertThat(files.size()).isEqualTo(before);

        RocksDb handle = completed(backend);

        assertThat(files.size() - before).isGreaterThan(5);
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_what_was_stored_ahead_has_become_old_then_the_capture_stores_it_again() throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        int before = files.size();
        put(backend, SEVERAL_FILES);
        int ahead = files.size() - before;
        millis += AheadUploads.FRESH.toMillis();

        RocksDb handle = completed(backend);

        assertThat(files.size() - before).isEqualTo(2 * ahead + 1);
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_a_capture_is_discarded_then_the_next_has_what_was_recorded_for_it_and_takes_what_was_stored()
            throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        int before = files.size();
        put(backend, SEVERAL_FILES);
        int ahead = files.size() - before;
        backend.capture(++checkpoint).discard();
        backend.aborted(checkpoint);
        put(backend, 1);

        RocksDb handle = completed(backend);

        assertThat(files.size() - before).isEqualTo(ahead + 2);
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_the_store_is_away_while_files_are_to_be_stored_ahead_then_the_checkpoint_stores_them()
            throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        files.fail();
        put(backend, SEVERAL_FILES);
        StateCapture capture = backend.capture(++checkpoint);
        assertThatThrownBy(() -> capture.store(files)).isInstanceOf(IOException.class);
        backend.aborted(checkpoint);
        files.heal();

        RocksDb handle = completed(backend);

        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_checkpoints_were_cancelled_then_nothing_of_them_is_left_once_one_is_built_on_a_new_link()
            throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        Path changes = folder.resolve("replica-0").resolve("changes");
        for (int i = 0; i < 20; i++) {
            put(backend, SEVERAL_FILES);
            backend.capture(++checkpoint).discard();
            backend.aborted(checkpoint);
        }
        int before = ChangeFile.allIn(changes).size();
        completed(backend);

        RocksDb handle = completed(backend);

        assertThat(ChangeFile.allIn(changes))
                .hasSizeLessThan(before)
                .extracting(file -> file.getFileName().toString())
                .containsExactlyElementsOf(changes(handle));
        backend.close();
        assertThat(folder.resolve("replica-0")).doesNotExist();
    }

    @Test
    void when_a_capture_that_is_not_stored_yet_is_built_on_what_a_later_one_is_not_then_it_has_all_its_changes()
            throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        put(backend, SEVERAL_FILES);
        TableModel captured = model.copy();
        StateCapture first = backend.capture(++checkpoint);
        put(backend, "another table", "key", ValueTable.NO_PANE, "value");
        StateCapture second = backend.capture(++checkpoint);
        second.discard();
        backend.aborted(checkpoint);

        RocksDb handle = handle(first);

        captured.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_a_checkpoint_is_built_on_an_older_one_than_that_before_it_then_the_next_has_all_its_changes()
            throws IOException {
        AtomicBoolean busy = new AtomicBoolean();
        RocksDbConfig linkedOften = CONFIG.withCacheBytes(64 << 10).withChanges(50 << 10, 50);
        KeyedStateBackend backend = open(linkedOften, task -> runUnless(busy, task), List.of());
        put(backend, 1);
        completed(backend);
        put(backend, 3 * SEVERAL_FILES);
        completed(backend);
        put(backend, 3 * SEVERAL_FILES);
        busy.set(true);
        StateCapture onLink = backend.capture(++checkpoint);
        put(backend, 1);
        StateCapture onFirst = backend.capture(++checkpoint);
        RocksDb older = handle(onFirst);
        assertThat(changes(handle(onLink)))
                .as("behind a newer link")
                .hasSizeLessThan(changes(older).size());
        backend.completed(checkpoint - 1);
        backend.completed(checkpoint);
        put(backend, 1);

        RocksDb handle = completed(backend);

        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
    }

    @Test
    void when_it_goes_on_from_few_captures_with_many_files_then_the_database_is_not_linked_for_their_number()
            throws IOException {
        KeyedStateBackend backend = openThatRecordsAhead(Runnable::run);
        put(backend, 3 * SEVERAL_FILES);
        RocksDb handle = completed(backend);
        assertThat(changes(handle)).hasSizeGreaterThan(20);
        backend = open(CONFIG.withChanges(512 << 10, 20), Runnable::run, List.of(handle));
        completedWithOneMore(backend);

        RocksDb second = completedWithOneMore(backend);

        assertThat(changes(second)).containsAll(changes(handle));
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(second)));
    }

    @Test
    void when_it_goes_on_from_many_captures_then_they_count_until_the_database_is_linked() throws IOException {
        KeyedStateBackend backend = open(CONFIG, Runnable::run, List.of());
        RocksDb handle = completedWithOneMore(backend);
        for (int i = 0; i < 20; i++) {
            handle = completedWithOneMore(backend);
        }
        assertThat(changes(handle)).hasSize(20);
        backend = open(CONFIG.withChanges(512 << 10, 20), Runnable::run, List.of(handle));
        completedWithOneMore(backend);

        RocksDb second = completedWithOneMore(backend);

        assertThat(changes(second)).hasSize(1);
        model.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(second)));
    }

    @ParameterizedTest
    @CsvSource({"1, inline, 512", "2, pool, 512", "3, pool, 64", "4, never, 512", "5, pool, 64", "6, inline, 64"})
    void when_tables_are_used_at_random_then_each_checkpoint_is_what_plain_maps_held(
            long seed, String threads, int cacheKib) throws IOException {
        RocksDbConfig config = CONFIG.withCacheBytes((long) cacheKib << 10);
        Executor executor =
                switch (threads) {
                    case "pool" -> ROCKSDB.pool();
                    case "inline" -> Runnable::run;
                    default -> task -> {};
                };
        Random random = new Random(seed);
        KeyedStateBackend backend = open(config, executor, List.of());
        int most = 0;
        for (int i = 0; i < 25; i++) {
            changeAtRandom(backend, random);
            TableModel captured = model.copy();
            StateCapture capture = backend.capture(++checkpoint);
            if (random.nextBoolean()) {
                put(backend, random.nextInt(SEVERAL_FILES));
            }
            switch (random.nextInt(5)) {
                case 0 -> {
                    capture.discard();
                    backend.aborted(checkpoint);
                }
                case 1 -> {
                    capture.store(files);
                    backend.aborted(checkpoint);
                }
                default -> {
                    RocksDb handle = handle(capture);
                    backend.completed(checkpoint);
                    most = Math.max(most, changes(handle).size());
                    captured.checkAll(open(CONFIG, ROCKSDB.pool(), List.of(handle)));
                    if (random.nextInt(6) == 0) {
                        model.values.clear();
                        model.values.putAll(captured.copy().values);
                        model.ordered.clear();
                        model.ordered.putAll(captured.copy().ordered);
                        backend = open(config, executor, List.of(handle));
                    }
                }
            }
        }
        model.checkAll(backend);
        assertThat(most).as("files of one checkpoint").isGreaterThan(10);
    }

    /** Most keys are new or change once; some often, and panes and timers come and go. */
    private void changeAtRandom(KeyedStateBackend backend, Random random) {
        int changes = random.nextInt(4 * SEVERAL_FILES);
        for (int i = 0; i < changes; i++) {
            int group = random.nextInt(GROUPS);
            switch (random.nextInt(40)) {
                case 0, 1, 2 -> put(backend, "values", "k" + random.nextInt(20), ValueTable.NO_PANE, "hot" + i);
                case 3, 4 -> remove(backend, "k" + random.nextInt(1 + keys));
                case 5, 6, 7 -> put(backend, "windows", "w" + random.nextInt(2000), random.nextInt(3), "in" + i);
                case 8 -> {
                    if (random.nextInt(20) == 0) {
                        long pane = random.nextInt(3);
                        backend.valueTable("windows").removePane(group, pane);
                        values("windows", group, pane).clear();
                    }
                }
                case 9 -> {
                    String key = "" + (1000 + random.nextInt(200));
                    backend.orderedTable("timers").put(group, TableModel.slice(key), TableModel.slice("t" + i));
                    ordered(group).put(key, "t" + i);
                }
                case 10 -> {
                    String key = "" + (1000 + random.nextInt(200));
                    backend.orderedTable("timers").remove(group, TableModel.slice(key));
                    ordered(group).remove(key);
                }
                case 11 -> put(backend, "values", "k" + random.nextInt(1 + keys), ValueTable.NO_PANE, "again" + i);
                case 12, 13 -> merge(backend, "k" + random.nextInt(1 + keys), "+" + i);
                case 14, 15, 16, 17, 18, 19 ->
                    model.checkValue(backend, "values", "k" + random.nextInt(1 + keys), ValueTable.NO_PANE, GROUPS);
                default -> put(backend, 1);
            }
        }
    }

    private static void runUnless(AtomicBoolean busy, Runnable task) {
        if (!busy.get()) {
            task.run();
        }
    }

    /** Several captures, in each of which much is new, so that all is recorded ahead for the next. */
    private KeyedStateBackend openThatRecordsAhead(Executor executor) throws IOException {
        KeyedStateBackend backend = open(CONFIG, executor, List.of());
        for (int i = 0; i < 4; i++) {
            put(backend, SEVERAL_FILES);
            completed(backend);
        }
        return backend;
    }

    private KeyedStateBackend open(RocksDbConfig config, Executor executor, List<? extends StateHandle> handles)
            throws IOException {
        String name = "replica-" + opened.size();
        KeyedStateBackend backend = new RocksDbStateBackendFactory(
                        config, ROCKSDB.memory(), executor, () -> 0, () -> Instant.ofEpochMilli(millis))
                .open(
                        new Scope(name, new KeyGroupRange(0, GROUPS - 1), folder.resolve(name), files),
                        List.copyOf(handles));
        opened.add(backend);
        return backend;
    }

    private RocksDb completedWithOneMore(KeyedStateBackend backend) throws IOException {
        put(backend, 1);
        return completed(backend);
    }

    private RocksDb completed(KeyedStateBackend backend) throws IOException {
        RocksDb handle = handle(backend.capture(++checkpoint));
        backend.completed(checkpoint);
        return handle;
    }

    private RocksDb handle(StateCapture capture) throws IOException {
        return (RocksDb) capture.store(files).handles().getFirst();
    }

    private static List<String> changes(RocksDb handle) {
        return handle.files().stream()
                .map(RocksDbFile::path)
                .filter(ChangeFile::isNameOfOne)
                .toList();
    }

    /** Of new keys. */
    private void put(KeyedStateBackend backend, int count) {
        for (int i = 0; i < count; i++) {
            put(backend, "values", "k" + keys, ValueTable.NO_PANE, "value" + keys);
            keys++;
        }
    }

    private void put(KeyedStateBackend backend, String table, String key, long pane, String value) {
        Slice content = TableModel.slice(value);
        backend.valueTable(table)
                .put(TableModel.key(key, GROUPS), pane, content.array(), content.offset(), content.length());
        values(table, TableModel.keyGroup(key, GROUPS), pane).put(key, value);
    }

    private void merge(KeyedStateBackend backend, String key, String delta) {
        backend.valueTable("values")
                .merge(TableModel.key(key, GROUPS), ValueTable.NO_PANE, TableModel.slice(delta), TableModel.APPEND);
        values("values", TableModel.keyGroup(key, GROUPS), ValueTable.NO_PANE).merge(key, delta, String::concat);
    }

    private void remove(KeyedStateBackend backend, String key) {
        backend.valueTable("values").remove(TableModel.key(key, GROUPS), ValueTable.NO_PANE);
        values("values", TableModel.keyGroup(key, GROUPS), ValueTable.NO_PANE).remove(key);
    }

    private TreeMap<String, String> values(String table, int group, long pane) {
        return model.values.computeIfAbsent(new Place(table, group, pane), place -> new TreeMap<>());
    }

    private TreeMap<String, String> ordered(int group) {
        return model.ordered.computeIfAbsent(new Place("timers", group, 0), place -> new TreeMap<>());
    }
}

package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.ValueTable;
import stream.weir.store.directory.DirectoryStore;

/** Two replicas with key groups 0 to 1 and 2 to 3; one with 1 to 3 is to come. */
class CopiesAheadIT {
    private static final int KEYS = 8_000;
    private static final KeyGroupRange NEXT = new KeyGroupRange(1, 3);

    @TempDir
    private Path folder;

    private RocksDbMemory memory;
    private DirectoryStore store;
    private StoreFiles files;
    private RocksDbStateBackendFactory factory;
    private final List<KeyedStateBackend> halves = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        memory = RocksDbMemory.of(16 << 20);
        store = DirectoryStore.open(folder.resolve("store"));
        files = new StoreFiles(store, UUID::randomUUID);
        factory = new RocksDbStateBackendFactory(
                RocksDbConfig.DEFAULT, memory, Runnable::run, System::nanoTime, InstantSource.system());
        for (int first : List.of(0, 2)) {
            halves.add(factory.open(scope("from-" + first, new KeyGroupRange(first, first + 1)), List.of()));
        }
    }

    @AfterEach
    void close() throws Exception {
        halves.forEach(KeyedStateBackend::close);
        store.close();
        memory.close();
    }

    @Test
    void when_a_copy_was_made_then_a_later_checkpoint_is_restored_with_it_and_with_what_has_changed_since()
            throws Exception {
        // given
        put("a");
        List<StateHandle> first = checkpoint(1);
        factory.prepare(copied(), first, () -> true);
        // when
        put("b");
        List<StateHandle> second = checkpoint(2);
        store.delete(tables(second.getFirst()));
        // then
        assertThat(tables(second.getFirst())).isNotEmpty();
        assertThat(restored(second)).isEqualTo(expected("b"));
        assertThat(copies()).isEmpty();
    }

    @Test
    void when_a_database_was_linked_anew_then_it_is_copied_again_and_the_old_copy_goes() throws Exception {
        // given
        put("a");
        factory.prepare(copied(), checkpoint(1), () -> true);
        List<Path> old = copies();
        // when
        put("b");
        halves.forEach(half -> half.valueTable("another"));
        List<StateHandle> second = checkpoint(2);
        factory.prepare(copied(), second, () -> true);
        // then
        assertThat(copies()).hasSize(1).doesNotContainAnyElementsOf(old);
        store.delete(tables(second.getFirst()));
        assertThat(restored(second)).isEqualTo(expected("b"));
    }

    @Test
    void when_it_is_prepared_again_for_the_same_files_then_the_copy_stays() throws Exception {
        // given
        put("a");
        factory.prepare(copied(), checkpoint(1), () -> true);
        List<Path> made = copies();
        // when
        put("b");
        factory.prepare(copied(), checkpoint(2), () -> true);
        // then
        assertThat(made).hasSize(1);
        assertThat(copies()).isEqualTo(made);
    }

    @Test
    void when_a_copy_is_of_other_files_then_a_restore_makes_its_own() throws Exception {
        // given
        put("a");
        factory.prepare(copied(), checkpoint(1), () -> true);
        // when
        put("b");
        halves.forEach(half -> half.valueTable("another"));
        List<StateHandle> second = checkpoint(2);
        // then
        assertThat(restored(second)).isEqualTo(expected("b"));
        assertThat(copies()).isEmpty();
    }

    @Test
    void when_it_is_not_wanted_any_more_then_nothing_is_left() throws Exception {
        // given
        put("a");
        int[] asked = {0};
        // when
        factory.prepare(copied(), checkpoint(1), () -> ++asked[0] < 3);
        // then
        assertThat(asked[0]).isGreaterThanOrEqualTo(3);
        assertThat(copies()).isEmpty();
    }

    private Scope scope(String name, KeyGroupRange keyGroups) {
        return new Scope(name, keyGroups, folder.resolve(name), files);
    }

    private Scope copied() {
        return scope("copied", NEXT);
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("copied"))) {
            return all.toList();
        }
    }

    private void put(String prefix) {
        for (int i = 0; i < KEYS; i++) {
            byte[] value = (prefix + i).getBytes(UTF_8);
            halves.get(i % 4 / 2).valueTable("values").put(key(i), ValueTable.NO_PANE, value, 0, value.length);
        }
    }

    private static Key key(int number) {
        byte[] bytes = ("key" + number).getBytes(UTF_8);
        return new Key().set(bytes, 0, bytes.length, number, number % 4);
    }

    /** One of each half. */
    private List<StateHandle> checkpoint(long id) throws IOException {
        List<StateHandle> handles = new ArrayList<>();
        for (KeyedStateBackend half : halves) {
            handles.addAll(half.capture(id).store(files).handles());
        }
        halves.forEach(half -> half.completed(id));
        return handles;
    }

    private static List<String> tables(StateHandle handle) {
        return ((RocksDb) handle)
                .files().stream()
                        .filter(file -> Captures.isTable(file.path()))
                        .map(StateHandle.RocksDbFile::object)
                        .map(StoredObject::name)
                        .toList();
    }

    private Map<String, String> restored(List<StateHandle> handles) throws IOException {
        KeyedStateBackend backend = factory.open(scope("next", NEXT), handles);
        Map<String, String> found = new TreeMap<>();
        for (int group = NEXT.first(); group <= NEXT.last(); group++) {
            backend.valueTable("values")
                    .forEach(group, ValueTable.NO_PANE, (key, value) -> found.put(text(key), text(value)) == null);
        }
        backend.close();
        return found;
    }

    private static String text(stream.weir.runtime.state.Slice slice) {
        return new String(slice.array(), slice.offset(), slice.length(), UTF_8);
    }

    private static Map<String, String> expected(String prefix) {
        Map<String, String> expected = new TreeMap<>();
        for (int i = 0; i < KEYS; i++) {
            if (NEXT.contains(i % 4)) {
                expected.put("key" + i, prefix + i);
            }
        }
        return expected;
    }
}

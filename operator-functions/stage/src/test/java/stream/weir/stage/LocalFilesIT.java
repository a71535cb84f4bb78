package stream.weir.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;
import stream.weir.store.directory.DirectoryStore;

/** Key groups 0 to 1 and 2 to 3 of two replicas; this process is to have 1 to 3. What runs in the background runs when the test says so. */
class LocalFilesIT {
    private static final int KEYS = 2_000;
    private static final KeyGroupRange NEXT = new KeyGroupRange(1, 3);
    private static final Fence RUN = new Fence("count", 2, 1);

    @TempDir
    private Path folder;

    private final Later background = new Later();
    private final List<String> answered = new ArrayList<>();
    private DirectoryStore store;
    private ProcessResources resources;
    private LocalFiles local;
    private List<StateHandle> handles;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryStore.open(folder.resolve("store"));
        handles = checkpoint();
        resources = resources(StateConfig.Backend.ROCKSDB);
        local = new LocalFiles(resources, folder.resolve("work"));
    }

    @AfterEach
    void close() {
        background.run();
        resources.close();
        store.close();
    }

    @Test
    void when_a_run_is_prepared_then_files_and_copies_are_here_and_a_replica_needs_nothing_else() throws IOException {
        // when
        prepare("first");
        background.run();
        lose(StateFiles::isFinal);
        // then
        assertThat(answered).containsExactly("first");
        assertThat(folder("ahead")).hasSize(finalFiles());
        assertThat(folder("copied")).hasSize(1);
        assertThat(restored()).isEqualTo(KEYS * 3 / 4);
        assertThat(folder("copied")).isEmpty();
    }

    @Test
    void when_something_else_is_to_be_prepared_then_only_that_is_answered() throws IOException {
        // when
        prepare("first");
        prepare("second");
        background.run();
        // then
        assertThat(answered).containsExactly("second");
        assertThat(folder("copied")).hasSize(1);
    }

    @Test
    void when_something_else_is_to_be_prepared_while_copies_are_made_then_those_are_dropped_and_made_for_that()
            throws IOException {
        // given
        background.whileCopying = () -> prepare("second");
        // when
        prepare("first");
        background.run();
        // then
        assertThat(answered).containsExactly("second");
        assertThat(folder("copied")).hasSize(1);
        lose(StateFiles::isFinal);
        assertThat(restored()).isEqualTo(KEYS * 3 / 4);
    }

    @Test
    void when_it_is_taken_back_then_the_room_is_given_back() throws IOException {
        // given
        prepare("first");
        background.run();
        // when
        local.prepare(NEXT, List.of(), () -> answered.add("back"));
        background.run();
        // then
        assertThat(answered).containsExactly("first", "back");
        assertThat(folder("ahead")).isEmpty();
        assertThat(folder("copied")).isEmpty();
    }

    @Test
    void when_it_is_taken_back_while_copies_are_made_then_nothing_is_left_and_only_that_is_answered()
            throws IOException {
        // given
        background.whileCopying = () -> local.prepare(NEXT, List.of(), () -> answered.add("back"));
        // when
        prepare("first");
        background.run();
        // then
        assertThat(answered).containsExactly("back");
        assertThat(folder("ahead")).isEmpty();
        assertThat(folder("copied")).isEmpty();
    }

    @Test
    void when_a_replica_begins_then_nothing_more_is_fetched_or_answered() throws IOException {
        // given
        prepare("first");
        // when
        begin();
        background.run();
        // then
        assertThat(answered).isEmpty();
        assertThat(folder("ahead")).isEmpty();
        assertThat(restored()).isEqualTo(KEYS * 3 / 4);
    }

    @Test
    void when_a_replica_begins_while_copies_are_made_then_it_has_the_files_and_makes_its_own_copies()
            throws IOException {
        // given
        background.whileCopying = this::begin;
        // when
        prepare("first");
        background.run();
        lose(StateFiles::isFinal);
        // then
        assertThat(answered).isEmpty();
        assertThat(folder("copied")).isEmpty();
        assertThat(restored()).isEqualTo(KEYS * 3 / 4);
    }

    @Test
    void when_the_process_ends_while_copies_are_made_then_nothing_is_left_of_them() throws IOException {
        // given
        background.whileCopying = local::stop;
        // when
        prepare("first");
        background.run();
        // then
        assertThat(answered).isEmpty();
        assertThat(folder("copied")).isEmpty();
    }

    @Test
    void when_the_replica_has_opened_then_what_was_fetched_goes() throws IOException {
        // given
        prepare("first");
        background.run();
        begin();
        // when
        local.opened();
        background.run();
        // then
        assertThat(folder("ahead")).isEmpty();
    }

    @Test
    void when_the_next_run_is_prepared_while_a_replica_opens_then_what_is_fetched_for_that_stays() throws IOException {
        // given
        prepare("first");
        background.run();
        begin();
        // when
        prepare("second");
        local.opened();
        background.run();
        // then
        assertThat(answered).containsExactly("first", "second");
        assertThat(folder("ahead")).hasSize(finalFiles());
        assertThat(folder("copied")).hasSize(1);
    }

    @Test
    void when_copies_cannot_be_made_then_it_is_answered_and_nothing_is_left_of_them() throws IOException {
        // given
        lose(name -> name.startsWith("MANIFEST"));
        // when
        prepare("first");
        background.run();
        // then
        assertThat(answered).containsExactly("first");
        assertThat(folder("ahead")).hasSize(finalFiles());
        assertThat(folder("copied")).isEmpty();
    }

    @Test
    void when_an_earlier_process_has_left_copies_then_they_are_deleted() throws IOException {
        // given
        prepare("first");
        background.run();
        // when
        new LocalFiles(resources, folder.resolve("work"))
                .prepare(NEXT, List.of(handles.getLast()), () -> answered.add("second"));
        background.run();
        // then
        assertThat(answered).containsExactly("first", "second");
        assertThat(folder("copied")).isEmpty();
    }

    @Test
    void when_a_process_was_killed_in_the_middle_of_a_run_then_the_next_one_deletes_what_that_has_left()
            throws IOException {
        // given
        Path left = folder.resolve("work").resolve("run-1");
        Files.createDirectories(left.resolve("db"));
        Files.writeString(left.resolve("db").resolve("000007.sst"), "a table");
        // when
        begin();
        // then
        assertThat(left).doesNotExist();
    }

    @Test
    void when_what_a_run_has_left_cannot_be_deleted_then_the_process_goes_on_without_that_room() throws IOException {
        // given
        Path work = folder.resolve("work");
        Path other = Files.createDirectories(work.resolve("run-0"));
        try (Undeletable left = Undeletable.at(work.resolve("run-1"), folder.resolve("aside"))) {
            // when
            prepare("first");
            background.run();
            // then
            assertThat(answered).containsExactly("first");
            assertThat(folder("copied")).hasSize(1);
            assertThat(restored()).isEqualTo(KEYS * 3 / 4);
            assertThat(work.resolve("run-1")).exists();
            assertThat(other).doesNotExist();
        }
    }

    @Test
    void when_what_is_left_in_the_folder_of_the_run_itself_cannot_be_deleted_then_it_says_so() throws IOException {
        // given
        Path own = folder.resolve("work").resolve("run-" + RUN.run());
        try (Undeletable left = Undeletable.at(own, folder.resolve("aside"))) {
            // when
            assertThatThrownBy(this::environment)
                    // then
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(own.toString());
        }
    }

    @Test
    void when_copies_that_are_left_cannot_be_deleted_then_none_are_made_until_they_can() throws IOException {
        // given
        try (Undeletable left = Undeletable.at(folder.resolve("work").resolve("copied"), folder.resolve("aside"))) {
            // when
            prepare("first");
            background.run();
            // then
            assertThat(answered).containsExactly("first");
            assertThat(folder("ahead")).hasSize(finalFiles());
            assertThat(folder("copied")).hasSize(1).noneMatch(path -> path.endsWith("tables-1"));
            assertThat(restored()).isEqualTo(KEYS * 3 / 4);
        }
        // when
        prepare("second");
        background.run();
        // then
        assertThat(answered).containsExactly("first", "second");
        assertThat(folder("copied")).hasSize(1).allMatch(path -> path.endsWith("tables-1"));
    }

    @Test
    void when_the_disk_is_gone_then_both_say_so() throws IOException {
        // given
        Path gone;
        try (FileSystem disk = FileSystems.newFileSystem(folder.resolve("disk.zip"), Map.of("create", "true"))) {
            gone = disk.getPath("/work");
        }
        local = new LocalFiles(resources, gone);
        // when
        prepare("first");
        // then
        assertThat(answered).containsExactly("first");
        assertThatThrownBy(this::environment).isInstanceOf(IOException.class).hasMessageContaining(gone.toString());
    }

    @Test
    void when_no_thread_can_be_had_then_it_is_answered() throws IOException {
        // given
        background.refuses = true;
        // when
        prepare("first");
        // then
        assertThat(answered).containsExactly("first");
    }

    @Test
    void when_the_folder_cannot_be_used_then_it_is_answered() throws IOException {
        // given
        Files.createDirectories(folder.resolve("work"));
        Files.writeString(folder.resolve("work").resolve("ahead"), "in the way");
        // when
        prepare("first");
        // then
        assertThat(answered).containsExactly("first");
    }

    @Test
    void when_checkpoints_share_no_files_then_it_is_answered_at_once_and_nothing_is_fetched() {
        // given
        try (ProcessResources heap = resources(StateConfig.Backend.FILESYSTEM)) {
            // when
            new LocalFiles(heap, folder.resolve("work")).prepare(NEXT, handles, () -> answered.add("first"));
        }
        // then
        assertThat(answered).containsExactly("first");
        assertThat(folder.resolve("work")).doesNotExist();
    }

    private void prepare(String what) {
        local.prepare(NEXT, handles, () -> answered.add(what));
    }

    private void begin() {
        try {
            environment();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ReplicaEnvironment environment() throws IOException {
        return local.environment(
                RUN,
                link -> {
                    throw new AssertionError("there is no link " + link);
                },
                report -> {});
    }

    /** How many keys a replica has that begins now. */
    private int restored() throws IOException {
        ReplicaEnvironment environment = environment();
        int[] count = {0};
        try (KeyedStateBackend backend = environment
                .backends()
                .open(new Scope("next", NEXT, environment.folder(), environment.files()), handles)) {
            for (int group = NEXT.first(); group <= NEXT.last(); group++) {
                backend.valueTable("values").forEach(group, ValueTable.NO_PANE, (key, value) -> ++count[0] > 0);
            }
        }
        return count[0];
    }

    private List<Path> folder(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("work").resolve(name))) {
            return all.toList();
        }
    }

    private ProcessResources resources(StateConfig.Backend backend) {
        return ProcessResources.open(
                new StateConfig(backend, true),
                new ProcessResources.Memory(16 << 20, 1 << 20, 1),
                store,
                Tuning.DEFAULT,
                new ProcessResources.Surroundings(background, Clock.systemUTC(), System::nanoTime, UUID::randomUUID));
    }

    private List<StateHandle> checkpoint() throws IOException {
        StateFiles files = new StoreFiles(store, UUID::randomUUID);
        List<StateHandle> made = new ArrayList<>();
        try (RocksDbMemory memory = RocksDbMemory.of(16 << 20)) {
            RocksDbStateBackendFactory factory = new RocksDbStateBackendFactory(
                    RocksDbConfig.DEFAULT, memory, Runnable::run, System::nanoTime, InstantSource.system());
            for (int first : List.of(0, 2)) {
                KeyGroupRange own = new KeyGroupRange(first, first + 1);
                Scope scope = new Scope("from-" + first, own, folder.resolve("from-" + first), files);
                try (KeyedStateBackend backend = factory.open(scope, List.of())) {
                    put(backend);
                    made.addAll(backend.capture(1).store(files).handles());
                }
            }
        }
        return made;
    }

    private static void put(KeyedStateBackend backend) {
        for (int i = 0; i < KEYS; i++) {
            byte[] bytes = ("key" + i).getBytes(UTF_8);
            if (backend.keyGroups().contains(i % 4)) {
                Key key = new Key().set(bytes, 0, bytes.length, i, i % 4);
                backend.valueTable("values").put(key, ValueTable.NO_PANE, bytes, 0, bytes.length);
            }
        }
    }

    private int finalFiles() {
        return files(StateFiles::isFinal).size();
    }

    private void lose(Predicate<String> which) throws IOException {
        List<String> lost = files(which);
        assertThat(lost).isNotEmpty();
        store.delete(lost);
    }

    /** Names of objects. */
    private List<String> files(Predicate<String> which) {
        return handles.stream()
                .flatMap(handle -> ((RocksDb) handle).files().stream())
                .filter(file -> which.test(file.path()))
                .map(RocksDbFile::object)
                .map(object -> object.name())
                .toList();
    }

    /** Threads that do nothing before the test says so. */
    private final class Later extends AbstractExecutorService {
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private Runnable whileCopying = () -> {};
        private boolean refuses;

        /** Until nothing is left to do. */
        void run() {
            while (!tasks.isEmpty()) {
                tasks.remove().run();
            }
        }

        @Override
        public void execute(Runnable task) {
            if (refuses) {
                throw new RejectedExecutionException("no thread");
            }
            tasks.add(task);
            // Who copies asks for threads to read with.
            if (Files.exists(folder.resolve("work").resolve("copied"))) {
                Runnable event = whileCopying;
                whileCopying = () -> {};
                event.run();
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return true;
        }

        @Override
        public boolean isTerminated() {
            return true;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}

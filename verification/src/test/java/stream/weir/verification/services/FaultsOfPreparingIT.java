package stream.weir.verification.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.FetchAhead;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;
import stream.weir.store.directory.DirectoryStore;

/** F13 for what is done ahead of a run: it has too little room on a disk of 64 MiB, or others fill that meanwhile. */
class FaultsOfPreparingIT {
    private static final int MEBIBYTE = 1 << 20;
    private static final int KEYS = 12_000;

    @TempDir
    private Path folder;

    private SmallDisk disk;
    private DirectoryStore store;
    private StoreFiles files;
    private int answers;

    @BeforeEach
    void mount() throws IOException {
        Optional<String> why = SmallDisk.whyNotAvailable(folder);
        assumeTrue(why.isEmpty(), why.orElse(""));
        disk = SmallDisk.mount(folder.resolve("disk"));
        store = DirectoryStore.open(folder.resolve("store"));
        files = new StoreFiles(store, UUID::randomUUID);
    }

    @AfterEach
    void unmount() throws IOException {
        if (disk != null) {
            store.close();
            disk.close();
        }
    }

    @Test
    void when_files_would_take_more_than_half_of_what_is_free_then_none_is_fetched() throws IOException {
        // given
        List<StoredObject> objects = objects(3, 11 * MEBIBYTE);
        FetchAhead ahead = ahead(files);
        // when
        ahead.fetch(objects, () -> answers++);
        // then
        assertThat(answers).isEqualTo(1);
        assertThat(filesIn("ahead")).isEmpty();
        // when
        ahead.fetch(objects.subList(0, 2), () -> answers++);
        // then
        assertThat(answers).isEqualTo(2);
        assertThat(filesIn("ahead")).hasSize(2);
    }

    @Test
    void when_the_disk_gets_full_while_files_are_fetched_then_their_room_is_given_back_and_no_more_are_asked_for()
            throws IOException {
        // given
        List<StoredObject> objects = objects(3, 4 * MEBIBYTE);
        Filling filling = new Filling(objects.get(1));
        FetchAhead ahead = ahead(filling);
        // when
        ahead.fetch(objects, () -> answers++);
        // then
        assertThat(answers).isEqualTo(1);
        assertThat(filesIn("ahead")).isEmpty();
        assertThat(filling.asked).isEqualTo(objects.subList(0, 2));
        // when
        disk.empty();
        ahead.fetch(objects, () -> answers++);
        // then
        assertThat(answers).isEqualTo(2);
        assertThat(filesIn("ahead")).hasSize(3);
    }

    @Test
    void when_the_disk_gets_full_while_a_copy_is_made_then_it_goes_and_is_made_when_there_is_room() throws IOException {
        try (RocksDbMemory memory = RocksDbMemory.of(16 * MEBIBYTE)) {
            // given
            RocksDbStateBackendFactory factory = new RocksDbStateBackendFactory(
                    RocksDbConfig.DEFAULT, memory, Runnable::run, System::nanoTime, InstantSource.system());
            List<StateHandle> handles = List.of(half(factory, 0), half(factory, 2));
            Scope next = new Scope(
                    "next", new KeyGroupRange(1, 3), folder.resolve("disk").resolve("copied"), files);
            int[] asked = {0};
            // when
            assertThatThrownBy(() -> factory.prepare(next, handles, () -> {
                        if (++asked[0] == 4) {
                            disk.fill();
                        }
                        return true;
                    }))
                    .hasMessageContaining("No space left on device")
                    .hasMessageContaining(
                            "The disk is full: 0 bytes of 67108864 are free at " + folder.resolve("disk"));
            // then
            assertThat(filesIn("copied")).isEmpty();
            // when
            disk.empty();
            factory.prepare(next, handles, () -> true);
            // then
            assertThat(filesIn("copied")).hasSize(1);
        }
    }

    private FetchAhead ahead(StateFiles from) throws IOException {
        Path on = folder.resolve("disk");
        return FetchAhead.open(from, on.resolve("files"), on.resolve("ahead"), Runnable::run);
    }

    private List<StoredObject> objects(int count, int bytes) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(files.store(new byte[bytes]));
        }
        return objects;
    }

    private List<Path> filesIn(String name) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("disk").resolve(name))) {
            return all.toList();
        }
    }

    /** Of two key groups, with some MiB that cannot be compressed. */
    private StateHandle half(RocksDbStateBackendFactory factory, int first) throws IOException {
        KeyGroupRange own = new KeyGroupRange(first, first + 1);
        Random random = new Random(first);
        byte[] value = new byte[500];
        try (KeyedStateBackend backend =
                factory.open(new Scope("from-" + first, own, folder.resolve("from-" + first), files), List.of())) {
            ValueTable table = backend.valueTable("values");
            for (int i = 0; i < KEYS; i++) {
                random.nextBytes(value);
                byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
                Key key = new Key().set(bytes, 0, bytes.length, i, first + i % 2);
                table.put(key, ValueTable.NO_PANE, value, 0, value.length);
            }
            return backend.capture(1).store(files).handles().getFirst();
        }
    }

    /** Others take all that is free before one of the objects is fetched for the first time. */
    private final class Filling implements StateFiles {
        private final List<StoredObject> asked = new ArrayList<>();
        private final StoredObject which;

        Filling(StoredObject which) {
            this.which = which;
        }

        @Override
        public void fetch(StoredObject object, Path target) throws IOException {
            if (object.equals(which) && !asked.contains(object)) {
                disk.fill();
            }
            asked.add(object);
            files.fetch(object, target);
        }

        @Override
        public StoredObject store(Path file) throws IOException {
            return files.store(file);
        }

        @Override
        public StoredObject store(byte[] content) throws IOException {
            return files.store(content);
        }

        @Override
        public InputStream open(StoredObject object) throws IOException {
            return files.open(object);
        }
    }
}

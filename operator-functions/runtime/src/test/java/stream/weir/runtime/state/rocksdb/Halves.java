package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFiles;
import stream.weir.store.directory.DirectoryStore;

/** Two replicas with key groups 0 to 1 and 2 to 3; one with 1 to 3 is to come: it opens the database of the second one as it is. */
final class Halves implements AutoCloseable {
    static final KeyGroupRange NEXT = new KeyGroupRange(1, 3);

    private final Path folder;
    private final RocksDbStateBackendFactory factory;
    private final DirectoryStore store;
    private final StoreFiles files;
    private final List<KeyedStateBackend> halves = new ArrayList<>();

    Halves(Path folder, RocksDbStateBackendFactory factory) throws IOException {
        this.folder = folder;
        this.factory = factory;
        this.store = DirectoryStore.open(folder.resolve("store"));
        this.files = new StoreFiles(store, UUID::randomUUID);
        for (int first : List.of(0, 2)) {
            KeyGroupRange own = new KeyGroupRange(first, first + 1);
            halves.add(
                    factory.open(new Scope("from-" + first, own, folder.resolve("from-" + first), files), List.of()));
        }
    }

    StateFiles files() {
        return files;
    }

    /** The replica that has it now. */
    KeyedStateBackend with(int keyGroup) {
        return halves.get(keyGroup / 2);
    }

    static int keyGroup(int number) {
        return number % 4;
    }

    static Key key(int number) {
        byte[] bytes = ("key" + number).getBytes(UTF_8);
        return new Key().set(bytes, 0, bytes.length, number, keyGroup(number));
    }

    /** Has both of them link their databases at the next checkpoint. */
    void linkAnew() {
        halves.forEach(half -> half.valueTable("another"));
    }

    /** A complete one; a handle of each half. */
    List<StateHandle> checkpoint(long id) throws IOException {
        List<StateHandle> handles = new ArrayList<>();
        for (KeyedStateBackend half : halves) {
            handles.addAll(half.capture(id).store(files).handles());
        }
        halves.forEach(half -> half.completed(id));
        return handles;
    }

    void prepare(List<StateHandle> handles, BooleanSupplier goOn) throws IOException {
        factory.prepare(new Scope("copied", NEXT, folder.resolve("copied"), files), handles, goOn);
    }

    /** Folders of what was prepared. */
    List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("copied"))) {
            return all.toList();
        }
    }

    KeyedStateBackend next(List<StateHandle> handles) throws IOException {
        return next(handles, files);
    }

    KeyedStateBackend next(List<StateHandle> handles, StateFiles from) throws IOException {
        return factory.open(new Scope("next", NEXT, folder.resolve("next"), from), handles);
    }

    /** From now on the store does not have what only a copy has. */
    void loseTablesOfFirst(List<StateHandle> handles) throws IOException {
        loseOfFirst(handles, Captures::isTable);
    }

    void loseChangesOfFirst(List<StateHandle> handles) throws IOException {
        loseOfFirst(handles, ChangeFile::isNameOfOne);
    }

    private void loseOfFirst(List<StateHandle> handles, Predicate<String> which) throws IOException {
        List<RocksDbFile> lost = ((RocksDb) handles.getFirst())
                .files().stream().filter(file -> which.test(file.path())).toList();
        if (lost.isEmpty()) {
            throw new AssertionError("there is nothing to lose in " + handles);
        }
        store.delete(lost.stream().map(file -> file.object().name()).toList());
    }

    @Override
    public void close() {
        halves.forEach(KeyedStateBackend::close);
        store.close();
    }
}

package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFiles;
import stream.weir.store.directory.DirectoryStore;

/**
 * Two replicas with key groups 0 to 1 and 2 to 3; one with 1 to 3 is to come: it opens the database of the second one as it is. In a folder
 * of each test.
 */
final class Halves implements BeforeEachCallback, AfterEachCallback {
    static final KeyGroupRange NEXT = new KeyGroupRange(1, 3);

    private final RocksDbResources rocksDb;
    private @Nullable Opened opened;

    private record Opened(
            Path folder,
            RocksDbStateBackendFactory factory,
            DirectoryStore store,
            StoreFiles files,
            List<KeyedStateBackend> halves) {}

    /** @param rocksDb open before any test */
    Halves(RocksDbResources rocksDb) {
        this.rocksDb = rocksDb;
    }

    @Override
    public void beforeEach(ExtensionContext test) throws IOException {
        Path folder = Files.createTempDirectory("halves");
        DirectoryStore store = DirectoryStore.open(folder.resolve("store"));
        Opened begun = new Opened(
                folder,
                rocksDb.factory(RocksDbConfig.DEFAULT, Runnable::run),
                store,
                new StoreFiles(store, UUID::randomUUID),
                new ArrayList<>());
        opened = begun;
        for (int first : List.of(0, 2)) {
            KeyGroupRange own = new KeyGroupRange(first, first + 1);
            Scope scope = new Scope("from-" + first, own, folder.resolve("from-" + first), begun.files());
            begun.halves().add(begun.factory().open(scope, List.of()));
        }
    }

    private Opened opened() {
        return Objects.requireNonNull(opened);
    }

    StateFiles files() {
        return opened().files();
    }

    /** The replica that has it now. */
    KeyedStateBackend with(int keyGroup) {
        return opened().halves().get(keyGroup / 2);
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
        opened().halves().forEach(half -> half.valueTable("another"));
    }

    /** A complete one; a handle of each half. */
    List<StateHandle> checkpoint(long id) throws IOException {
        List<StateHandle> handles = new ArrayList<>();
        for (KeyedStateBackend half : opened().halves()) {
            handles.addAll(half.capture(id).store(files()).handles());
        }
        opened().halves().forEach(half -> half.completed(id));
        return handles;
    }

    void prepare(List<StateHandle> handles, BooleanSupplier goOn) throws IOException {
        opened().factory()
                .prepare(new Scope("copied", NEXT, opened().folder().resolve("copied"), files()), handles, goOn);
    }

    /** Folders of what was prepared. */
    List<Path> copies() throws IOException {
        try (Stream<Path> all = Files.list(opened().folder().resolve("copied"))) {
            return all.toList();
        }
    }

    KeyedStateBackend next(List<StateHandle> handles) throws IOException {
        return next(handles, files());
    }

    KeyedStateBackend next(List<StateHandle> handles, StateFiles from) throws IOException {
        return opened().factory().open(new Scope("next", NEXT, opened().folder().resolve("next"), from), handles);
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
        opened().store().delete(lost.stream().map(file -> file.object().name()).toList());
    }

    @Override
    public void afterEach(ExtensionContext test) throws IOException {
        opened().halves().forEach(KeyedStateBackend::close);
        opened().store().close();
        FileTrees.delete(opened().folder());
    }
}

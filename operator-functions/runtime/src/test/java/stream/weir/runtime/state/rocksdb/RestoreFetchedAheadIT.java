package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.FetchAhead;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.ValueTable;
import stream.weir.store.directory.DirectoryStore;

/** A database of another range of key groups, from files that were fetched before. */
class RestoreFetchedAheadIT {
    private static final int KEYS = 2_000;

    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    @TempDir
    private Path folder;

    @Test
    void when_files_were_fetched_ahead_then_a_restore_of_another_range_asks_the_store_for_none_of_them()
            throws Exception {
        try (DirectoryStore store = DirectoryStore.open(folder.resolve("store"))) {
            // given
            StateFiles files = new StoreFiles(store, UUID::randomUUID);
            RocksDbStateBackendFactory factory = ROCKSDB.factory(RocksDbConfig.DEFAULT, Runnable::run);
            List<StateHandle> handles = List.of(half(factory, files, 0, 1), half(factory, files, 2, 3));
            // when
            FetchAhead ahead = FetchAhead.open(files, folder.resolve("copies"), folder.resolve("ahead"), Runnable::run);
            List<StoredObject> wanted = handles.stream()
                    .flatMap(handle -> ((RocksDb) handle).files().stream())
                    .filter(file -> StateFiles.isFinal(file.path()))
                    .map(RocksDbFile::object)
                    .toList();
            ahead.fetch(wanted, () -> {});
            store.delete(wanted.stream().map(StoredObject::name).toList());
            // then
            assertThat(wanted).isNotEmpty();
            KeyGroupRange groups = new KeyGroupRange(1, 3);
            KeyedStateBackend restored =
                    factory.open(new Scope("other", groups, folder.resolve("other"), ahead.files()), handles);
            assertThat(count(restored, 1)).isEqualTo(KEYS / 4);
            assertThat(count(restored, 2)).isEqualTo(KEYS / 4);
            assertThat(count(restored, 3)).isEqualTo(KEYS / 4);
            restored.close();
        }
    }

    private StateHandle half(RocksDbStateBackendFactory factory, StateFiles files, int first, int last)
            throws IOException {
        Scope scope =
                new Scope("from-" + first, new KeyGroupRange(first, last), folder.resolve("from-" + first), files);
        KeyedStateBackend backend = factory.open(scope, List.of());
        ValueTable table = backend.valueTable("values");
        for (int i = 0; i < KEYS; i++) {
            byte[] bytes = ("key" + i).getBytes(UTF_8);
            int group = i % 4;
            if (group >= first && group <= last) {
                Key key = new Key().set(bytes, 0, bytes.length, i, group);
                table.put(key, ValueTable.NO_PANE, bytes, 0, bytes.length);
            }
        }
        StateHandle handle = backend.capture(1).store(files).handles().getFirst();
        backend.close();
        return handle;
    }

    private static int count(KeyedStateBackend backend, int group) {
        int[] count = {0};
        backend.valueTable("values").forEach(group, ValueTable.NO_PANE, (key, value) -> ++count[0] > 0);
        return count[0];
    }
}

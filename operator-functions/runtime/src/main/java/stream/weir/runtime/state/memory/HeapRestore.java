package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyHash;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.ValueTable;
import stream.weir.runtime.state.memory.TableFileFormat.Section;
import stream.weir.runtime.state.memory.TableFileFormat.Table;

/** Fills a backend's tables from handles, with the key groups that the backend holds. */
final class HeapRestore {
    private final Scope scope;
    private final HeapBackend backend;

    HeapRestore(Scope scope, HeapBackend backend) {
        this.scope = scope;
        this.backend = backend;
    }

    void read(StateHandle handle) throws IOException {
        if (!handle.keyGroups().overlaps(scope.keyGroups())) {
            return;
        }
        switch (handle) {
            case StateHandle.Inline inline ->
                read(name(handle, "the manifest's own state"), handle, new Content.InMemory(inline.content()));
            case StateHandle.TableFile file -> fetch(file);
            case StateHandle.RocksDb rocks ->
                throw new IOException("Cannot restore " + scope.name() + ": the state of key groups "
                        + text(rocks.keyGroups()) + " was written by the RocksDB backend, which the Memory and"
                        + " Filesystem backends cannot read: set spec.state.backend to RocksDB");
        }
    }

    private void fetch(StateHandle.TableFile handle) throws IOException {
        Files.createDirectories(scope.folder());
        Path local = Files.createTempFile(scope.folder(), "restore-", ".tables");
        try {
            scope.files().fetch(handle.object(), local);
            try (FileChannel channel = FileChannel.open(local)) {
                read(name(handle, handle.object().name()), handle, new Content.InFile(channel, channel.size()));
            }
        } finally {
            Files.deleteIfExists(local);
        }
    }

    private void read(String name, StateHandle handle, Content content) throws IOException {
        TableFileReader reader = new TableFileReader(name, content);
        for (Table table : reader.index()) {
            for (Section section : table.sections()) {
                int keyGroup = section.keyGroup();
                if (scope.keyGroups().contains(keyGroup) && handle.keyGroups().contains(keyGroup)) {
                    reader.read(table, section, filling(table, keyGroup));
                }
            }
        }
    }

    private TableFileReader.Entries filling(Table table, int keyGroup) {
        return switch (table.kind()) {
            case VALUE -> new Values(backend.valueTable(table.name()), keyGroup);
            case ORDERED -> new Ordered(backend.orderedTable(table.name()), keyGroup);
        };
    }

    private String name(StateHandle handle, String object) {
        return scope.name() + ": " + object + " (key groups " + text(handle.keyGroups()) + ")";
    }

    private static String text(KeyGroupRange range) {
        return range.first() + " to " + range.last();
    }

    private static final class Values implements TableFileReader.Entries {
        private final ValueTable table;
        private final int keyGroup;
        private final Key key = new Key();
        private long pane = ValueTable.NO_PANE;

        Values(ValueTable table, int keyGroup) {
            this.table = table;
            this.keyGroup = keyGroup;
        }

        @Override
        public void pane(long next) {
            pane = next;
        }

        @Override
        public void entry(Slice bytes, Slice value) {
            long hash = KeyHash.of(bytes.array(), bytes.offset(), bytes.length());
            key.set(bytes.array(), bytes.offset(), bytes.length(), hash, keyGroup);
            table.put(key, pane, value.array(), value.offset(), value.length());
        }
    }

    private record Ordered(OrderedTable table, int keyGroup) implements TableFileReader.Entries {
        @Override
        public void pane(long next) {
            throw new IllegalStateException("ordered tables have no panes");
        }

        @Override
        public void entry(Slice key, Slice value) {
            table.put(keyGroup, key, value);
        }
    }
}

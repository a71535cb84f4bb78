package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFigures;
import stream.weir.runtime.state.ValueTable;

/** The tables of one replica in one database. */
final class RocksDbBackend implements KeyedStateBackend {
    private static final Logger LOG = LoggerFactory.getLogger(RocksDbBackend.class);

    private final KeyGroupRange keyGroups;
    private final Folders folders;
    private final WriteBack shared;
    private final SerialWriter writer;
    private final Captures captures;
    private final BlockReads blocks;
    private final Map<String, RocksValueTable> values = new HashMap<>();
    private final Map<String, OrderedTable> ordered = new HashMap<>();
    private boolean closed;

    RocksDbBackend(
            WriteBack shared, SerialWriter writer, Captures.Setting setting, Captures captures, BlockReads blocks) {
        this.keyGroups = setting.keyGroups();
        this.folders = setting.folders();
        this.shared = shared;
        this.writer = writer;
        this.blocks = blocks;
        this.captures = captures;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return keyGroups;
    }

    /**
     * Makes changes again that are beside what the database has. Before anything else.
     *
     * @param all of different key groups
     */
    void replay(List<RecordedChanges> all) throws IOException {
        try {
            for (RecordedChanges changes : all) {
                new Replay(this, shared.database(), changes).run();
            }
            folders.deleteRestored();
            captures.goOn();
        } catch (UncheckedIOException e) {
            throw new IOException("Cannot make changes again: " + e.getMessage(), e);
        }
    }

    @Override
    public ValueTable valueTable(String name) {
        return values(name);
    }

    RocksValueTable values(String name) {
        shared.checkOpen();
        return values.computeIfAbsent(name, this::openValues);
    }

    private RocksValueTable openValues(String name) {
        return RocksValueTable.of(shared, keyGroups, family(TableKind.VALUE, TableKind.ORDERED, name));
    }

    @Override
    public OrderedTable orderedTable(String name) {
        shared.checkOpen();
        return ordered.computeIfAbsent(name, this::openOrdered);
    }

    private OrderedTable openOrdered(String name) {
        RocksOrderedTable table =
                RocksOrderedTable.of(shared, keyGroups, family(TableKind.ORDERED, TableKind.VALUE, name));
        shared.add(table);
        return table;
    }

    private Database.Family family(TableKind kind, TableKind other, String name) {
        Database database = shared.database();
        if (database.find(other.familyName(name)).isPresent()) {
            throw new IllegalArgumentException(
                    "table " + name + " is " + other + " and cannot be used as " + kind + ": choose another name");
        }
        byte[] family = kind.familyName(name);
        return database.find(family).orElseGet(() -> database.create(family));
    }

    @Override
    public StateCapture capture(long checkpoint) {
        shared.checkOpen();
        shared.freezeAll();
        return captures.begin(checkpoint);
    }

    @Override
    public void completed(long checkpoint) {
        captures.completed(checkpoint);
    }

    @Override
    public void aborted(long checkpoint) {
        captures.aborted(checkpoint);
    }

    @Override
    public long sizeBytes() {
        shared.checkOpen();
        return shared.sizeBytes();
    }

    @Override
    public StateFigures figures() {
        return shared.database().figures(sizeBytes(), shared.log(), blocks.counts());
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        shared.close();
        captures.close();
        writer.close();
        try {
            shared.recorder().close();
        } catch (IOException e) {
            LOG.debug("changes of {} were not written to their end", folders.root(), e);
        }
        shared.database().close();
        try {
            FileTrees.delete(folders.root());
        } catch (IOException e) {
            LOG.warn("{} is left over, the next start removes it", folders.root(), e);
        }
    }
}

package stream.weir.runtime.state.memory;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.ExpectedKeys;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.StateBackendFactory.Scope;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.ValueTable;

/**
 * Tables on the heap. A capture takes references to pages and roots, which are copied when they are changed while it is open;
 * where it is stored is the {@link CaptureTarget}'s business. Every capture holds all state, so none builds on another.
 */
public final class HeapBackend implements KeyedStateBackend {
    private final Scope scope;
    private final CaptureTarget target;
    private final Epochs epochs = new Epochs();
    private final OpenCaptures captures = new OpenCaptures();
    private final Map<String, HeapValueTable> valueTables = new LinkedHashMap<>();
    private final Map<String, HeapOrderedTable> orderedTables = new LinkedHashMap<>();

    /** Something of all that was loaded ahead: a load without a use would not be compiled. */
    @SuppressWarnings("UnusedVariable")
    private long loaded;

    private HeapBackend(Scope scope, CaptureTarget target) {
        this.scope = scope;
        this.target = target;
    }

    /** A backend with what the handles hold of the scope's key groups. */
    public static HeapBackend open(Scope scope, List<StateHandle> handles, CaptureTarget target) throws IOException {
        HeapBackend backend = new HeapBackend(scope, target);
        HeapRestore restore = new HeapRestore(scope, backend);
        for (StateHandle handle : handles) {
            restore.read(handle);
        }
        return backend;
    }

    @Override
    public KeyGroupRange keyGroups() {
        return scope.keyGroups();
    }

    @Override
    public ValueTable valueTable(String name) {
        if (orderedTables.containsKey(name)) {
            throw otherKind(name, "an ordered table", "a value table");
        }
        return valueTables.computeIfAbsent(name, absent -> HeapValueTable.of(keyGroups(), epochs));
    }

    @Override
    public OrderedTable orderedTable(String name) {
        if (valueTables.containsKey(name)) {
            throw otherKind(name, "a value table", "an ordered table");
        }
        return orderedTables.computeIfAbsent(name, absent -> HeapOrderedTable.of(keyGroups(), epochs));
    }

    @Override
    public void expect(ExpectedKeys keys) {
        for (HeapValueTable table : valueTables.values()) {
            loaded += table.load(keys);
        }
    }

    @Override
    public StateCapture capture(long checkpoint) {
        TableImage image = new TableImage();
        valueTables.forEach((name, table) -> table.freeze(name, image));
        orderedTables.forEach((name, table) -> table.freeze(name, image));
        long frozen = epochs.freeze();
        return new HeapCapture(scope.name(), checkpoint, image, target, captures, () -> epochs.release(frozen));
    }

    @Override
    public void completed(long checkpoint) {}

    @Override
    public void aborted(long checkpoint) {}

    @Override
    public long sizeBytes() {
        long bytes = 0;
        for (HeapValueTable table : valueTables.values()) {
            bytes += table.sizeBytes();
        }
        for (HeapOrderedTable table : orderedTables.values()) {
            bytes += table.sizeBytes();
        }
        return bytes;
    }

    @Override
    public void close() {
        captures.awaitStored();
        valueTables.clear();
        orderedTables.clear();
    }

    private IllegalStateException otherKind(String name, String is, String wanted) {
        return new IllegalStateException("state " + name + " of " + scope.name() + " is " + is
                + ", it cannot be opened as " + wanted + ": give one of the two another name");
    }
}

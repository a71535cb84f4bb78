package stream.weir.runtime.function;

import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.ValueTable;

/** A backend that knows which tables were asked for, so that their entries can be counted. */
record WatchedTables(KeyedStateBackend backend, Set<String> values, Set<String> ordered) implements KeyedStateBackend {
    WatchedTables(KeyedStateBackend backend) {
        this(backend, new TreeSet<>(), new TreeSet<>());
    }

    int entries() {
        int[] entries = {0};
        for (int group = keyGroups().first(); group <= keyGroups().last(); group++) {
            for (String name : values) {
                ValueTable table = backend.valueTable(name);
                OptionalLong pane = table.firstPane(group, Long.MIN_VALUE);
                while (pane.isPresent()) {
                    table.forEach(group, pane.getAsLong(), (key, value) -> ++entries[0] > 0);
                    pane = table.firstPane(group, pane.getAsLong() + 1);
                }
            }
            for (String name : ordered) {
                backend.orderedTable(name).scan(group, new Slice(), new Slice(), (key, value) -> ++entries[0] > 0);
            }
        }
        return entries[0];
    }

    @Override
    public KeyGroupRange keyGroups() {
        return backend.keyGroups();
    }

    @Override
    public ValueTable valueTable(String name) {
        values.add(name);
        return backend.valueTable(name);
    }

    @Override
    public OrderedTable orderedTable(String name) {
        ordered.add(name);
        return backend.orderedTable(name);
    }

    @Override
    public boolean mergesWithoutReading() {
        return backend.mergesWithoutReading();
    }

    @Override
    public StateCapture capture(long checkpoint) {
        return backend.capture(checkpoint);
    }

    @Override
    public void completed(long checkpoint) {
        backend.completed(checkpoint);
    }

    @Override
    public void aborted(long checkpoint) {
        backend.aborted(checkpoint);
    }

    @Override
    public long sizeBytes() {
        return backend.sizeBytes();
    }

    @Override
    public void close() {
        backend.close();
    }
}

package stream.weir.runtime.function;

import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.ExpectedKeys;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateFigures;
import stream.weir.runtime.state.ValueTable;

/** A backend whose tables tell {@link OutsideErrors} when they fail. */
record GuardedBackend(KeyedStateBackend backend, OutsideErrors errors) implements KeyedStateBackend {
    @Override
    public KeyGroupRange keyGroups() {
        return backend.keyGroups();
    }

    @Override
    public ValueTable valueTable(String name) {
        return new GuardedValueTable(backend.valueTable(name), errors);
    }

    @Override
    public OrderedTable orderedTable(String name) {
        return new GuardedOrderedTable(backend.orderedTable(name), errors);
    }

    @Override
    public boolean mergesWithoutReading() {
        return backend.mergesWithoutReading();
    }

    @Override
    public void expect(ExpectedKeys keys) {
        backend.expect(keys);
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
    public StateFigures figures() {
        return backend.figures();
    }

    @Override
    public void close() {
        backend.close();
    }
}

package stream.weir.runtime.function;

import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/** Tells of its errors; those of a visitor are the visitor's own. */
record GuardedOrderedTable(OrderedTable table, OutsideErrors errors) implements OrderedTable {
    @Override
    public boolean get(int keyGroup, Slice key, Slice value) {
        try {
            return table.get(keyGroup, key, value);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void put(int keyGroup, Slice key, Slice value) {
        try {
            table.put(keyGroup, key, value);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void remove(int keyGroup, Slice key) {
        try {
            table.remove(keyGroup, key);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void scan(int keyGroup, Slice from, Slice to, EntryVisitor visitor) {
        GuardedVisit visit = new GuardedVisit(visitor);
        try {
            table.scan(keyGroup, from, to, visit);
        } catch (RuntimeException | Error e) {
            if (!visit.threw(e)) {
                errors.remember(e);
            }
            throw e;
        }
    }
}

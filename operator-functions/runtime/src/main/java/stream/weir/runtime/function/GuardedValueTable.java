package stream.weir.runtime.function;

import java.util.OptionalLong;
import stream.weir.runtime.state.EntryVisitor;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * Tells of its errors; those of a visitor are the visitor's own. Those of a combiner count as the table's: it may run long after the
 * records that led to it.
 */
record GuardedValueTable(ValueTable table, OutsideErrors errors) implements ValueTable {
    @Override
    public boolean get(Key key, long pane, Slice value) {
        try {
            return table.get(key, pane, value);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void put(Key key, long pane, byte[] value, int offset, int length) {
        try {
            table.put(key, pane, value, offset, length);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void remove(Key key, long pane) {
        try {
            table.remove(key, pane);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void merge(Key key, long pane, Slice delta, Combiner combiner) {
        try {
            table.merge(key, pane, delta, combiner);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public void forEach(int keyGroup, long pane, EntryVisitor visitor) {
        GuardedVisit visit = new GuardedVisit(visitor);
        try {
            table.forEach(keyGroup, pane, visit);
        } catch (RuntimeException | Error e) {
            if (!visit.threw(e)) {
                errors.remember(e);
            }
            throw e;
        }
    }

    @Override
    public void removePane(int keyGroup, long pane) {
        try {
            table.removePane(keyGroup, pane);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }

    @Override
    public OptionalLong firstPane(int keyGroup, long from) {
        try {
            return table.firstPane(keyGroup, from);
        } catch (RuntimeException | Error e) {
            errors.remember(e);
            throw e;
        }
    }
}

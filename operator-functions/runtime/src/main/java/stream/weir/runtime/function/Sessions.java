package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/** The sessions of the present key, in one value. They do not overlap and stand in the order of time. */
final class Sessions<A> {
    private final ValueTable table;
    private final Key key;
    private final StateCodec<List<Session>> sessions;
    private final StateCodec<A> accumulators;
    private final Slice stored = new Slice();

    Sessions(ValueTable table, Key key, SessionsCodec<A> codec) {
        this.table = table;
        this.key = key;
        this.sessions = new StateCodec<>(codec);
        this.accumulators = new StateCodec<>(codec.accumulators());
    }

    /**
     * @param end exclusive: the last record's time plus the gap
     * @param accumulator encoded, until somebody wants it
     */
    record Session(long start, long end, byte[] accumulator) {}

    /** Reads the present key's sessions; the list may be changed and then {@link #save saved}. */
    List<Session> load() {
        return table.get(key, ValueTable.NO_PANE, stored) ? sessions.decode(stored) : new ArrayList<>();
    }

    void save(List<Session> changed) {
        if (changed.isEmpty()) {
            table.remove(key, ValueTable.NO_PANE);
        } else {
            var bytes = sessions.encode(changed);
            table.put(key, ValueTable.NO_PANE, bytes.buffer(), 0, bytes.size());
        }
    }

    A accumulator(Session session) {
        return accumulators.decode(session.accumulator(), 0, session.accumulator().length);
    }

    byte[] encode(A accumulator) {
        return accumulators.encode(accumulator).toByteArray();
    }
}

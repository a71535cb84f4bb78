package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * The sessions of the present key, in one value: for each its start and end (8 bytes each) and its accumulator with the length
 * before it. They do not overlap and stand in the order of time. Accumulators stay encoded until somebody wants them.
 */
final class Sessions<A> {
    private final ValueTable table;
    private final Key key;
    private final StateCodec<A> codec;
    private final List<Session> sessions = new ArrayList<>();
    private final ByteReader reader = new ByteReader();
    private final ByteWriter writer = new ByteWriter();
    private final Slice stored = new Slice();

    Sessions(ValueTable table, Key key, StateCodec<A> codec) {
        this.table = table;
        this.key = key;
        this.codec = codec;
    }

    /** @param end exclusive: the last record's time plus the gap */
    record Session(long start, long end, byte[] accumulator) {}

    /** Reads the present key's sessions; the list may be changed and then {@link #save saved}. */
    List<Session> load() {
        sessions.clear();
        if (table.get(key, ValueTable.NO_PANE, stored)) {
            reader.wrap(stored.array(), stored.offset(), stored.length());
            while (reader.remaining() > 0) {
                sessions.add(new Session(reader.readLong(), reader.readLong(), reader.readLengthPrefixed()));
            }
        }
        return sessions;
    }

    /** Writes the list back. */
    void save() {
        if (sessions.isEmpty()) {
            table.remove(key, ValueTable.NO_PANE);
            return;
        }
        writer.reset();
        for (Session session : sessions) {
            writer.writeLong(session.start());
            writer.writeLong(session.end());
            writer.writeLengthPrefixed(session.accumulator(), 0, session.accumulator().length);
        }
        table.put(key, ValueTable.NO_PANE, writer.buffer(), 0, writer.size());
    }

    A accumulator(Session session) {
        return codec.decode(session.accumulator(), 0, session.accumulator().length);
    }

    byte[] encode(A accumulator) {
        return codec.encode(accumulator).toByteArray();
    }
}

package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.function.JoinPairs.Timed;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/**
 * Joins the records of a key that are at most {@code distance} apart. A pair is emitted when the second of the two arrives, a
 * left record without a partner when the watermark says that none can come any more. A record is kept until then, and late when
 * it would not be kept at all; one that is behind the watermark, but less, meets what is still kept.
 *
 * <p>The table's order is key, side, time, arrival; each value begins with a byte that is 1 where a left record has had a partner.
 */
final class WithinJoinOperator<L, R, O> implements ChainLink {
    private final long distance;
    private final Side[] sides;
    private final Step.JoinType type;
    private final StateCodec<L> lefts;
    private final StateCodec<R> rights;
    private final JoinPairs<L, R, O> pairs;
    private final OrderedTable table;
    private final Sequence sequence;
    private final DueKeys due;
    private final StepErrors errors;
    private final OperatorContext context;
    private final ByteWriter row = new ByteWriter();
    private final ByteReader reader = new ByteReader();
    private final Slice keySlice = new Slice();
    private final Slice valueSlice = new Slice();

    WithinJoinOperator(
            Step.Join<L, R, O> step, long distance, Side[] sides, StepErrors errors, OperatorContext context) {
        this.distance = distance;
        this.sides = sides;
        this.type = step.type();
        this.lefts = new StateCodec<>(step.leftCodec());
        this.rights = new StateCodec<>(step.rightCodec());
        this.pairs = new JoinPairs<>(step, errors, context);
        this.table = context.backend().orderedTable(step.name() + "/rows");
        this.sequence = new Sequence(
                context.backend().valueTable(step.name() + "/count"),
                context.backend().keyGroups());
        this.due = DueKeys.in(step.name() + "/due", context);
        this.errors = errors;
        this.context = context;
    }

    @Override
    public void open() {
        sequence.open();
        due.open();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        if (!EventTimes.inRange(timestamp)) {
            errors.failed(EventTimes.problem(timestamp), value, timestamp);
            return;
        }
        if (timestamp + distance <= context.watermark()) {
            context.count("late");
            return;
        }
        Side side = sides[input];
        if (side.isLeft()) {
            addLeft((L) value, timestamp);
        }
        if (side.isRight()) {
            addRight((R) value, timestamp);
        }
    }

    @Override
    public void advanceWatermark(long watermark) {
        due.advance(watermark, this::expire);
    }

    /** A left record without a partner comes out when the watermark is {@code distance} beyond it. */
    @Override
    public long outputWatermark(long watermark) {
        if (type == Step.JoinType.INNER || watermark == Long.MAX_VALUE || watermark < EventTimes.MIN) {
            return watermark;
        }
        return watermark - distance;
    }

    @Override
    public void beforeSnapshot() {
        sequence.save();
    }

    private void addLeft(L value, long timestamp) {
        List<Entry> partners = find(Side.RIGHT, timestamp - distance, timestamp + distance);
        if (!keep(Side.LEFT, lefts, value, timestamp, partners.isEmpty() ? 0 : 1)) {
            return;
        }
        Timed<L> left = new Timed<>(value, timestamp);
        for (Entry partner : partners) {
            pairs.emit(left, partner.decode(rights));
        }
    }

    private void addRight(R value, long timestamp) {
        List<Entry> partners = find(Side.LEFT, timestamp - distance, timestamp + distance);
        if (!keep(Side.RIGHT, rights, value, timestamp, 0)) {
            return;
        }
        if (type == Step.JoinType.LEFT) {
            partners.stream().filter(partner -> !partner.isMatched()).forEach(this::setMatched);
        }
        Timed<R> right = new Timed<>(value, timestamp);
        for (Entry partner : partners) {
            pairs.emit(partner.decode(lefts), right);
        }
    }

    private <T> boolean keep(Side side, StateCodec<T> codec, T value, long timestamp, int matched) {
        row.reset();
        row.writeByte(matched);
        try {
            codec.encode(value, row);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value == null ? "null" : value, timestamp);
            return false;
        }
        Key key = context.key();
        ByteWriter entry = prefix(side, timestamp);
        entry.writeLong(sequence.next(key.keyGroup()));
        put(entry.toByteArray(), row.buffer(), row.size());
        due.set(timestamp + distance);
        return true;
    }

    private void setMatched(Entry entry) {
        byte[] matched = entry.row().clone();
        matched[0] = 1;
        put(entry.key(), matched, matched.length);
    }

    private void put(byte[] entry, byte[] value, int length) {
        table.put(context.key().keyGroup(), keySlice.set(entry, 0, entry.length), valueSlice.set(value, 0, length));
    }

    /** Removes the present key's records that are {@code distance} before {@code time}. */
    private void expire(long time) {
        for (Entry entry : find(Side.RIGHT, EventTimes.MIN, time - distance)) {
            remove(entry);
        }
        for (Entry entry : find(Side.LEFT, EventTimes.MIN, time - distance)) {
            remove(entry);
            if (type == Step.JoinType.LEFT && !entry.isMatched()) {
                pairs.emitAlone(entry.decode(lefts));
            }
        }
    }

    private void remove(Entry entry) {
        table.remove(context.key().keyGroup(), keySlice.set(entry.key(), 0, entry.key().length));
    }

    /** The present key's records of a side, both times inclusive. */
    private List<Entry> find(Side side, long first, long last) {
        List<Entry> entries = new ArrayList<>();
        table.scan(
                context.key().keyGroup(), slice(prefix(side, first)), slice(prefix(side, last + 1)), (key, value) -> {
                    reader.wrap(key.array(), key.offset() + key.length() - 2 * Long.BYTES, Long.BYTES);
                    return entries.add(
                            new Entry(key.toByteArray(), value.toByteArray(), reader.readLong() ^ Long.MIN_VALUE));
                });
        return entries;
    }

    private ByteWriter prefix(Side side, long timestamp) {
        Key key = context.key();
        ByteWriter prefix = new ByteWriter(key.length() + 32);
        prefix.writeInt(key.length());
        prefix.writeBytes(key.array(), key.offset(), key.length());
        prefix.writeByte(side == Side.RIGHT ? 0 : 1);
        prefix.writeLong(timestamp ^ Long.MIN_VALUE);
        return prefix;
    }

    private static Slice slice(ByteWriter bytes) {
        return new Slice().set(bytes.buffer(), 0, bytes.size());
    }

    private record Entry(byte[] key, byte[] row, long timestamp) {
        boolean isMatched() {
            return row[0] != 0;
        }

        <T> Timed<T> decode(StateCodec<T> codec) {
            return new Timed<>(codec.decode(row, 1, row.length - 1), timestamp);
        }
    }
}

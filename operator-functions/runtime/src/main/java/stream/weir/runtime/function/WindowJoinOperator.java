package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.function.JoinPairs.Timed;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.OrderedTable;
import stream.weir.runtime.state.Slice;

/**
 * Joins the records of a key within one tumbling window, when the window is over: right records in the order of arrival for each
 * left one. The table's order is window end, key, side (right first), arrival; so a window's records are found key by key, and
 * those of one key are on the heap at a time.
 *
 * <p>Pairs are older than the watermark that brings them out, so the next step is told of no more than the start of the first
 * window that is not over.
 */
final class WindowJoinOperator<L, R, O> implements ChainLink {
    private static final long NONE = Long.MAX_VALUE;
    private static final Slice ALL = new Slice();

    private final Panes windows;
    private final Side[] sides;
    private final Step.JoinType type;
    private final StateCodec<L> lefts;
    private final StateCodec<R> rights;
    private final JoinPairs<L, R, O> pairs;
    private final OrderedTable table;
    private final Sequence sequence;
    private final KeyGroupRange keyGroups;
    private final PresentKey presentKey;
    private final StepErrors errors;
    private final OperatorContext context;
    private final ByteWriter entryKey = new ByteWriter();
    private final ByteWriter entryValue = new ByteWriter();
    private final ByteReader reader = new ByteReader();
    private final Slice keySlice = new Slice();
    private final Slice valueSlice = new Slice();

    /** No window with records ends before this. */
    private long nextDue = NONE;

    WindowJoinOperator(
            Step.Join<L, R, O> step, Panes windows, Side[] sides, StepErrors errors, OperatorContext context) {
        this.windows = windows;
        this.sides = sides;
        this.type = step.type();
        this.lefts = new StateCodec<>(step.leftCodec());
        this.rights = new StateCodec<>(step.rightCodec());
        this.pairs = new JoinPairs<>(step, errors, context);
        this.table = context.backend().orderedTable(step.name() + "/rows");
        this.keyGroups = context.backend().keyGroups();
        this.sequence = new Sequence(context.backend().valueTable(step.name() + "/count"), keyGroups);
        this.presentKey = new PresentKey(context.key());
        this.errors = errors;
        this.context = context;
    }

    @Override
    public void open() {
        sequence.open();
        nextDue = firstDue();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        if (!EventTimes.inRange(timestamp)) {
            errors.failed(EventTimes.problem(timestamp), value, timestamp);
            return;
        }
        long window = windows.paneOf(timestamp);
        if (window - 1 <= context.watermark()) {
            context.count("late");
            return;
        }
        Side side = sides[input];
        if (side.isLeft()) {
            keep(window, Side.LEFT, lefts, (L) value, timestamp);
        }
        if (side.isRight()) {
            keep(window, Side.RIGHT, rights, (R) value, timestamp);
        }
    }

    @Override
    public void advanceWatermark(long watermark) {
        while (nextDue != NONE && nextDue - 1 <= watermark) {
            long window = nextDue;
            for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
                KeyRows rows = nextKey(group, window);
                while (rows.found()) {
                    join(group, rows);
                    rows = nextKey(group, window);
                }
            }
            nextDue = firstDue();
        }
    }

    @Override
    public long outputWatermark(long watermark) {
        if (watermark == Long.MAX_VALUE || watermark < EventTimes.MIN) {
            return watermark;
        }
        return windows.start(windows.firstOpenWindow(watermark)) - 1;
    }

    @Override
    public void beforeSnapshot() {
        sequence.save();
    }

    private <T> void keep(long window, Side side, StateCodec<T> codec, T value, long timestamp) {
        entryValue.reset();
        entryValue.writeLong(timestamp);
        try {
            codec.encode(value, entryValue);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value == null ? "null" : value, timestamp);
            return;
        }
        Key key = context.key();
        entryKey.reset();
        entryKey.writeLong(window ^ Long.MIN_VALUE);
        entryKey.writeInt(key.length());
        entryKey.writeBytes(key.array(), key.offset(), key.length());
        entryKey.writeByte(side == Side.RIGHT ? 0 : 1);
        entryKey.writeLong(sequence.next(key.keyGroup()));
        table.put(
                key.keyGroup(),
                keySlice.set(entryKey.buffer(), 0, entryKey.size()),
                valueSlice.set(entryValue.buffer(), 0, entryValue.size()));
        nextDue = Math.min(nextDue, window);
    }

    private long firstDue() {
        long[] least = {NONE};
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            table.scan(group, ALL, ALL, (key, value) -> {
                least[0] = Math.min(least[0], windowOf(key));
                return false;
            });
        }
        return least[0];
    }

    private long windowOf(Slice entry) {
        return reader.wrap(entry.array(), entry.offset(), entry.length()).readLong() ^ Long.MIN_VALUE;
    }

    /** The rows of the first key that has any in this window. */
    private KeyRows nextKey(int group, long window) {
        KeyRows rows = new KeyRows();
        table.scan(group, bound(window), bound(window + 1), (key, value) -> rows.add(key, value));
        return rows;
    }

    private Slice bound(long window) {
        ByteWriter bytes = new ByteWriter(Long.BYTES);
        bytes.writeLong(window ^ Long.MIN_VALUE);
        return new Slice().set(bytes.buffer(), 0, bytes.size());
    }

    private void join(int group, KeyRows rows) {
        for (byte[] entry : rows.entries) {
            table.remove(group, keySlice.set(entry, 0, entry.length));
        }
        presentKey.set(group, rows.key, 0, rows.key.length);
        for (Timed<L> left : rows.left) {
            for (Timed<R> right : rows.right) {
                pairs.emit(left, right);
            }
            if (rows.right.isEmpty() && type == Step.JoinType.LEFT) {
                pairs.emitAlone(left);
            }
        }
    }

    /** The rows of one key and window. */
    private final class KeyRows {
        private final List<byte[]> entries = new ArrayList<>();
        private final List<Timed<L>> left = new ArrayList<>();
        private final List<Timed<R>> right = new ArrayList<>();
        private byte[] key = {};

        boolean found() {
            return !entries.isEmpty();
        }

        /** @return whether the entry was of the same key */
        boolean add(Slice entry, Slice row) {
            reader.wrap(entry.array(), entry.offset() + Long.BYTES, entry.length() - Long.BYTES);
            byte[] entryOf = reader.readBytes(reader.readInt());
            if (found() && !java.util.Arrays.equals(key, entryOf)) {
                return false;
            }
            key = entryOf;
            entries.add(entry.toByteArray());
            boolean isRight = reader.readByte() == 0;
            long timestamp =
                    reader.wrap(row.array(), row.offset(), row.length()).readLong();
            int offset = row.offset() + Long.BYTES;
            int length = row.length() - Long.BYTES;
            if (isRight) {
                right.add(new Timed<>(rights.decode(row.array(), offset, length), timestamp));
            } else {
                left.add(new Timed<>(lefts.decode(row.array(), offset, length), timestamp));
            }
            return true;
        }
    }
}

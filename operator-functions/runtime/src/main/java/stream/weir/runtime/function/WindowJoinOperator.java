package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.function.JoinRow.Left;
import stream.weir.runtime.function.JoinRow.Partners;
import stream.weir.runtime.function.JoinRow.Right;

/**
 * Joins the records of a key within one tumbling window, when the window is over: right records in the order of arrival for each
 * left one. The rows of one key are on the heap at a time.
 *
 * <p>Pairs are older than the watermark that brings them out, so the next step is told of no more than the start of the first
 * window that is not over.
 */
final class WindowJoinOperator<L, R, O> implements ChainLink {
    private static final long NONE = Long.MAX_VALUE;

    private final Panes windows;
    private final Side[] sides;
    private final Step.JoinType type;
    private final JoinRows<L, R> rows;
    private final Sequence sequence;
    private final JoinPairs<L, R, O> pairs;
    private final KeyGroupRange keyGroups;
    private final PresentKey presentKey;
    private final StepErrors errors;
    private final OperatorContext context;

    /** No window with records ends before this. */
    private long nextDue = NONE;

    private WindowJoinOperator(
            Step.Join<L, R, O> step, Panes windows, Side[] sides, Tables<L, R> tables, OperatorContext context) {
        this.windows = windows;
        this.sides = sides;
        this.type = step.type();
        this.rows = tables.rows();
        this.sequence = tables.sequence();
        this.errors = new StepErrors(step.name(), step.onError(), context);
        this.pairs = new JoinPairs<>(step, errors, context);
        this.keyGroups = context.backend().keyGroups();
        this.presentKey = new PresentKey(context.key());
        this.context = context;
    }

    private record Tables<L, R>(JoinRows<L, R> rows, Sequence sequence) {}

    static <L, R, O> WindowJoinOperator<L, R, O> of(
            Step.Join<L, R, O> step, Panes windows, Side[] sides, OperatorContext context) {
        var codec = new JoinRow.RowCodec<>(step.leftCodec(), step.rightCodec());
        String kind = "join in windows of " + windows.size() + " ms";
        var table = StepTables.entries(step.name(), "rows", kind, codec, context);
        Sequence sequence = StepTables.sequence(step.name(), context);
        var tables = new Tables<>(new JoinRows<>(table, codec, sequence, context.key()), sequence);
        return new WindowJoinOperator<>(step, windows, sides, tables, context);
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
        if (windows.paneOf(timestamp) - 1 <= context.watermark()) {
            context.count("late");
            return;
        }
        Side side = sides[input];
        if (side.isLeft()) {
            keep(Side.LEFT, new Left<>((L) value, timestamp, Partners.NONE));
        }
        if (side.isRight()) {
            keep(Side.RIGHT, new Right<>((R) value, timestamp));
        }
    }

    private void keep(Side side, JoinRow<L, R> row) {
        ByteWriter encoded;
        try {
            encoded = rows.encode(row);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, row, row.timestamp());
            return;
        }
        long window = windows.paneOf(row.timestamp());
        rows.putInWindow(window, side, encoded);
        nextDue = Math.min(nextDue, window);
    }

    @Override
    public void advanceWatermark(long watermark) {
        while (nextDue != NONE && nextDue - 1 <= watermark) {
            for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
                var next = rows.firstKey(group, nextDue);
                while (!next.rows().isEmpty()) {
                    join(group, next);
                    next = rows.firstKey(group, nextDue);
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

    private long firstDue() {
        long least = NONE;
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            least = Math.min(least, rows.firstWindow(group));
        }
        return least;
    }

    private void join(int group, JoinRows.KeyAndWindow<L, R> over) {
        List<Left<L, R>> lefts = new ArrayList<>();
        List<Right<L, R>> rights = new ArrayList<>();
        for (var found : over.rows()) {
            rows.remove(group, found.entry());
            switch (found.row()) {
                case Left<L, R> left -> lefts.add(left);
                case Right<L, R> right -> rights.add(right);
            }
        }
        presentKey.set(group, over.key(), 0, over.key().length);
        for (Left<L, R> left : lefts) {
            rights.forEach(right -> pairs.emit(left, right));
            if (rights.isEmpty() && type == Step.JoinType.LEFT) {
                pairs.emitAlone(left);
            }
        }
    }
}

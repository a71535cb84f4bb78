package stream.weir.runtime.function;

import java.util.List;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.pipeline.Step;
import stream.weir.runtime.function.JoinRow.Left;
import stream.weir.runtime.function.JoinRow.Partners;
import stream.weir.runtime.function.JoinRow.Right;
import stream.weir.runtime.function.JoinRows.Found;
import stream.weir.runtime.state.Timers;

/**
 * Joins the records of a key that are at most {@code distance} apart. A pair is emitted when the second of the two arrives, a
 * left record without a partner when the watermark says that none can come any more. A record is kept until then, and late when
 * it would not be kept at all; one that is behind the watermark, but less, meets what is still kept.
 */
final class WithinJoinOperator<L, R, O> implements ChainLink {
    private final long distance;
    private final Side[] sides;
    private final Step.JoinType type;
    private final JoinRows<L, R> rows;
    private final Sequence sequence;
    private final Timers ends;
    private final JoinPairs<L, R, O> pairs;
    private final StepErrors errors;
    private final OperatorContext context;

    private WithinJoinOperator(
            Step.Join<L, R, O> step, long distance, Side[] sides, Tables<L, R> tables, OperatorContext context) {
        this.distance = distance;
        this.sides = sides;
        this.type = step.type();
        this.rows = tables.rows();
        this.sequence = tables.sequence();
        this.ends = tables.ends();
        this.errors = new StepErrors(step.name(), step.onError(), context);
        this.pairs = new JoinPairs<>(step, errors, context);
        this.context = context;
    }

    /** @param ends for each row's key the time at which the row is not needed any more */
    private record Tables<L, R>(JoinRows<L, R> rows, Sequence sequence, Timers ends) {}

    static <L, R, O> WithinJoinOperator<L, R, O> of(
            Step.Join<L, R, O> step, long distance, Side[] sides, OperatorContext context) {
        var codec = new JoinRow.RowCodec<>(step.leftCodec(), step.rightCodec());
        String kind = "join within " + distance + " ms";
        var table = StepTables.entries(step.name(), "rows", kind, codec, context);
        Sequence sequence = StepTables.sequence(step.name(), context);
        var rows = new JoinRows<>(table, codec, sequence, context.key());
        Timers ends = StepTables.timers(step.name(), "ends", context);
        return new WithinJoinOperator<>(step, distance, sides, new Tables<>(rows, sequence, ends), context);
    }

    @Override
    public void open() {
        sequence.open();
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
            addRight(new Right<>((R) value, timestamp));
        }
    }

    private void addLeft(L value, long timestamp) {
        List<Found<L, R>> partners = rows.find(Side.RIGHT, timestamp - distance, timestamp + distance);
        Left<L, R> left = new Left<>(value, timestamp, partners.isEmpty() ? Partners.NONE : Partners.SOME);
        if (keep(Side.LEFT, left)) {
            partners.forEach(partner -> pairs.emit(left, right(partner)));
        }
    }

    private void addRight(Right<L, R> right) {
        List<Found<L, R>> partners = rows.find(Side.LEFT, right.timestamp() - distance, right.timestamp() + distance);
        if (!keep(Side.RIGHT, right)) {
            return;
        }
        for (Found<L, R> partner : partners) {
            Left<L, R> left = left(partner);
            if (type == Step.JoinType.LEFT && left.partners() == Partners.NONE) {
                Left<L, R> paired = new Left<>(left.value(), left.timestamp(), Partners.SOME);
                rows.replace(partner.entry(), rows.encode(paired));
            }
        }
        partners.forEach(partner -> pairs.emit(left(partner), right));
    }

    private boolean keep(Side side, JoinRow<L, R> row) {
        ByteWriter encoded;
        try {
            encoded = rows.encode(row);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, row, row.timestamp());
            return false;
        }
        rows.putAtTime(side, row.timestamp(), encoded);
        ends.set(row.timestamp() + distance);
        return true;
    }

    @Override
    public void advanceWatermark(long watermark) throws Exception {
        ends.fire(watermark, this::expire);
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

    /** Removes the present key's records that nothing can meet any more at {@code time}. */
    private void expire(long time) {
        for (Found<L, R> found : rows.find(Side.RIGHT, EventTimes.MIN, time - distance)) {
            rows.remove(context.key().keyGroup(), found.entry());
        }
        for (Found<L, R> found : rows.find(Side.LEFT, EventTimes.MIN, time - distance)) {
            rows.remove(context.key().keyGroup(), found.entry());
            if (type == Step.JoinType.LEFT && left(found).partners() == Partners.NONE) {
                pairs.emitAlone(left(found));
            }
        }
    }

    private Left<L, R> left(Found<L, R> found) {
        return (Left<L, R>) found.row();
    }

    private Right<L, R> right(Found<L, R> found) {
        return (Right<L, R>) found.row();
    }
}

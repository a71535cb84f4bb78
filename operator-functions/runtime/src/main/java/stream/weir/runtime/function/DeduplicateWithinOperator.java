package stream.weir.runtime.function;

import java.time.Duration;
import java.util.OptionalLong;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * Lets a record through unless one of the same key and identity, less than {@code within} away in event time, was let through
 * before it.
 *
 * <p>What was let through is remembered in panes as long as {@code within}: in one pane an identity can occur only once, and
 * those that count for a record are in its own pane and the two beside it. A pane is dropped when no record that is not behind
 * the watermark can be near it. A record that is so late that its own pane has been dropped is let through and counted as late:
 * nobody knows any more whether it is a duplicate.
 */
final class DeduplicateWithinOperator<T, I> implements ChainLink {
    private static final long NONE = Long.MAX_VALUE;

    private final long within;
    private final ValueTable table;
    private final StepErrors errors;
    private final OperatorContext context;
    private final Identities<T, I> identities;
    private final KeyGroupRange keyGroups;
    private final Slice stored = new Slice();
    private final ByteReader reader = new ByteReader();
    private final ByteWriter writer = new ByteWriter(Long.BYTES);

    /** The end of the first pane there is, or less. */
    private long firstPane = NONE;

    DeduplicateWithinOperator(
            Step.Deduplicate<T, I> step,
            Duration within,
            ValueTable table,
            StepErrors errors,
            OperatorContext context) {
        this.within = EventTimes.span("within", within, 1);
        this.table = table;
        this.errors = errors;
        this.context = context;
        this.identities = new Identities<>(step, context.key());
        this.keyGroups = context.backend().keyGroups();
    }

    @Override
    public void open() {
        dropPanes(context.watermark());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        if (!EventTimes.inRange(timestamp)) {
            errors.failed(EventTimes.problem(timestamp), value, timestamp);
            return;
        }
        Key identity;
        try {
            identity = identities.of((T) value);
        } catch (Exception | StackOverflowError e) {
            errors.failed(e, value, timestamp);
            return;
        }
        long pane = (Math.floorDiv(timestamp, within) + 1) * within;
        if (isNear(identity, pane, timestamp)
                || isNear(identity, pane - within, timestamp)
                || isNear(identity, pane + within, timestamp)) {
            context.count("duplicates");
            return;
        }
        if (isGone(pane, context.watermark())) {
            context.count("late");
        } else {
            writer.reset();
            writer.writeLong(timestamp);
            table.put(identity, pane, writer.buffer(), 0, writer.size());
            firstPane = Math.min(firstPane, pane);
        }
        context.output().emit(value, timestamp);
    }

    @Override
    public void advanceWatermark(long watermark) {
        if (firstPane != NONE && isGone(firstPane, watermark)) {
            dropPanes(watermark);
        }
    }

    private boolean isNear(Key identity, long pane, long timestamp) {
        if (!table.get(identity, pane, stored)) {
            return false;
        }
        long before =
                reader.wrap(stored.array(), stored.offset(), stored.length()).readLong();
        return Math.abs(timestamp - before) < within;
    }

    /** The last instant of the pane is at least {@code within} before all that comes after the watermark. */
    private boolean isGone(long pane, long watermark) {
        return pane - 1 + within <= EventTimes.clamp(watermark) + 1;
    }

    private void dropPanes(long watermark) {
        firstPane = NONE;
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            OptionalLong pane = table.firstPane(group, Long.MIN_VALUE);
            while (pane.isPresent() && isGone(pane.getAsLong(), watermark)) {
                table.removePane(group, pane.getAsLong());
                pane = table.firstPane(group, pane.getAsLong() + 1);
            }
            if (pane.isPresent()) {
                firstPane = Math.min(firstPane, pane.getAsLong());
            }
        }
    }
}

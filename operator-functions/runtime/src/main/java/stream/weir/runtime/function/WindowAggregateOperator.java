package stream.weir.runtime.function;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import stream.weir.api.pipeline.Step;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.Key;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.ValueTable;

/**
 * Tumbling and sliding windows, by {@link Panes}. There are no timers: what is due is found by the panes that the table has.
 *
 * <p>A window ending at {@code e} is over at watermark {@code e - 1} and gone at {@code e - 1 + lateness}. Over windows have
 * been emitted, so that follows from the watermark and is not stored. A pane is kept until its last window is gone.
 */
final class WindowAggregateOperator<K, I, A, R, O> implements ChainLink {
    private static final long NONE = Long.MAX_VALUE;

    private final Panes panes;
    private final long lateness;
    private final Accumulators<I, A> accumulators;
    private final ValueTable table;
    private final WindowResults<K, A, R, O> results;
    private final LateRecords late;
    private final StepErrors errors;
    private final OperatorContext context;
    private final KeyGroupRange keyGroups;

    /** The first window that is not over; all before it have been emitted. */
    private long open;

    /** No window with records that is not over ends before this. */
    private long nextDue = NONE;

    /** No pane's last window ends before this. */
    private long nextGone = NONE;

    WindowAggregateOperator(
            Step.WindowAggregate<K, I, A, R, O> step,
            Panes panes,
            Accumulators<I, A> accumulators,
            StepErrors errors,
            OperatorContext context) {
        this.panes = panes;
        this.lateness = EventTimes.span("allowedLateness", step.allowedLateness(), 0);
        this.accumulators = accumulators;
        this.table = accumulators.table();
        this.results = new WindowResults<>(step, errors, context);
        this.late = LateRecords.to(step.lateOutput(), context);
        this.errors = errors;
        this.context = context;
        this.keyGroups = context.backend().keyGroups();
    }

    @Override
    public void open() {
        open = panes.firstOpenWindow(context.watermark());
        nextDue = firstDue();
        dropPanes(context.watermark());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(int input, Object value, long timestamp) {
        if (!EventTimes.inRange(timestamp)) {
            errors.failed(EventTimes.problem(timestamp), value, timestamp);
            return;
        }
        long pane = panes.paneOf(timestamp);
        long first = panes.firstWindow(pane);
        long last = panes.lastWindow(pane);
        if (first > last) {
            return; // between two windows
        }
        if (isGone(last, context.watermark())) {
            late.add(value, timestamp);
            return;
        }
        if (!accumulators.add(context.key(), pane, (I) value, timestamp)) {
            return;
        }
        nextGone = Math.min(nextGone, last);
        if (last >= open) {
            nextDue = Math.min(nextDue, Math.max(first, open));
        }
        for (long window = first; window < open && window <= last; window += panes.slide()) {
            if (!isGone(window, context.watermark())) {
                emitAgain(window);
            }
        }
    }

    @Override
    public void advanceWatermark(long watermark) {
        while (nextDue != NONE && nextDue - 1 <= watermark) {
            long window = nextDue;
            emit(window);
            open = window + panes.slide();
            nextDue = firstDue();
            dropGone(window - 1);
        }
        open = panes.firstOpenWindow(watermark);
        dropGone(watermark);
    }

    private boolean isGone(long window, long watermark) {
        return window - 1 + lateness <= watermark;
    }

    /** The first window from {@link #open} on that has records. */
    private long firstDue() {
        long least = NONE;
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            OptionalLong pane = table.firstPane(group, panes.firstPane(open));
            if (pane.isPresent()) {
                least = Math.min(least, Math.max(open, panes.firstWindow(pane.getAsLong())));
            }
        }
        return least;
    }

    private void dropGone(long watermark) {
        if (nextGone != NONE && isGone(nextGone, watermark)) {
            dropPanes(watermark);
        }
    }

    private void dropPanes(long watermark) {
        nextGone = NONE;
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            OptionalLong pane = table.firstPane(group, Long.MIN_VALUE);
            while (pane.isPresent() && isGone(panes.lastWindow(pane.getAsLong()), watermark)) {
                table.removePane(group, pane.getAsLong());
                pane = table.firstPane(group, pane.getAsLong() + 1);
            }
            if (pane.isPresent()) {
                nextGone = Math.min(nextGone, panes.lastWindow(pane.getAsLong()));
            }
        }
    }

    private void emit(long window) {
        for (int group = keyGroups.first(); group <= keyGroups.last(); group++) {
            OptionalLong pane = table.firstPane(group, panes.firstPane(window));
            if (pane.isPresent() && pane.getAsLong() <= window) {
                OptionalLong second = table.firstPane(group, pane.getAsLong() + 1);
                if (second.isPresent() && second.getAsLong() <= window) {
                    emitMerged(group, pane.getAsLong(), window);
                } else {
                    emitPane(group, pane.getAsLong(), window);
                }
            }
        }
    }

    private void emitPane(int group, long pane, long window) {
        table.forEach(group, pane, (key, accumulator) -> {
            results.emit(group, key, accumulators.decode(accumulator), panes.start(window), window);
            return true;
        });
    }

    /** Merges the panes of one key group at a time, so that only the keys of one are on the heap. */
    private void emitMerged(int group, long firstPane, long window) {
        Map<EncodedKey, A> merged = new HashMap<>();
        OptionalLong pane = OptionalLong.of(firstPane);
        while (pane.isPresent() && pane.getAsLong() <= window) {
            table.forEach(group, pane.getAsLong(), (key, accumulator) -> {
                merged.merge(new EncodedKey(key.toByteArray()), accumulators.decode(accumulator), accumulators::merge);
                return true;
            });
            pane = table.firstPane(group, pane.getAsLong() + 1);
        }
        Slice slice = new Slice();
        merged.forEach((key, accumulator) -> {
            slice.set(key.bytes(), 0, key.bytes().length);
            results.emit(group, slice, accumulator, panes.start(window), window);
        });
    }

    /** The window is over, but the present record has changed its result. */
    private void emitAgain(long window) {
        Key key = context.key();
        @Nullable A merged = null;
        for (long pane = panes.firstPane(window); pane <= window; pane += panes.length()) {
            A part = accumulators.find(key, pane);
            if (part != null) {
                merged = merged == null ? part : accumulators.merge(merged, part);
            }
        }
        if (merged != null) {
            results.emit(merged, panes.start(window), window);
        }
    }
}

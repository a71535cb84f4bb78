package stream.weir.examples.settle;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Collector;
import stream.weir.api.function.KeyedContext;
import stream.weir.api.function.StateDeclarations;
import stream.weir.api.function.TimeDomain;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.api.state.ValueState;

/**
 * Emits each order once: as paid when its payment is there, as unpaid when the patience is over. Either of the two may come first; what
 * came first waits in state for the other one, at most for the patience.
 */
final class Settle implements TwoInputFunction<Row, Row, Row, Row> {
    private final RowType orders;
    private final RowType output;
    private final long patienceMillis;

    @SuppressWarnings("NullAway.Init") // set by open, before anything else is called
    private ValueState<Row> order;

    @SuppressWarnings("NullAway.Init")
    private ValueState<Long> orderedAt;

    @SuppressWarnings("NullAway.Init")
    private ValueState<Long> paidAt;

    Settle(RowType orders, RowType output, Duration patience) {
        this.orders = orders;
        this.output = output;
        this.patienceMillis = patience.toMillis();
    }

    @Override
    public void open(StateDeclarations states) {
        order = states.value("order", RowCodec.of(orders));
        orderedAt = states.value("ordered-at", Codecs.LONG);
        paidAt = states.value("paid-at", Codecs.LONG);
    }

    @Override
    public void processLeft(Row row, KeyedContext<Row> context, Collector<Row> out) {
        Optional<Long> paid = paidAt.get();
        paidAt.clear();
        if (paid.isPresent() && isInTime(context.timestamp(), paid.get())) {
            out.emit(settled(row, "paid"));
            return;
        }
        order.update(row);
        orderedAt.update(context.timestamp());
        context.setEventTimer(context.timestamp() + patienceMillis);
    }

    @Override
    public void processRight(Row payment, KeyedContext<Row> context, Collector<Row> out) {
        Optional<Row> waiting = order.get();
        if (waiting.isEmpty()) {
            paidAt.update(context.timestamp());
            context.setEventTimer(context.timestamp() + patienceMillis);
        } else if (isInTime(orderedAt.orElse(0L), context.timestamp())) {
            context.deleteEventTimer(orderedAt.orElse(0L) + patienceMillis);
            order.clear();
            orderedAt.clear();
            out.emit(settled(waiting.get(), "paid"));
        }
    }

    /** Time goes by both inputs' watermarks: whatever is in time has been read before. */
    @Override
    public void onTimer(long time, TimeDomain domain, KeyedContext<Row> context, Collector<Row> out) {
        if (orderedAt.orElse(Long.MAX_VALUE) <= time - patienceMillis) {
            order.get().ifPresent(waited -> out.emit(settled(waited, "unpaid")));
            order.clear();
            orderedAt.clear();
        }
        if (paidAt.orElse(Long.MAX_VALUE) <= time - patienceMillis) {
            paidAt.clear();
        }
    }

    /** By event time, not by which is read first: files are read as fast as they can be. */
    private boolean isInTime(long ordered, long paid) {
        return Math.abs(paid - ordered) <= patienceMillis;
    }

    private Row settled(Row of, String how) {
        @Nullable Object[] values = new @Nullable Object[output.size()];
        for (int i = 0; i < values.length - 1; i++) {
            values[i] = of.get(i);
        }
        values[values.length - 1] = how;
        return Row.owning(output, values);
    }
}

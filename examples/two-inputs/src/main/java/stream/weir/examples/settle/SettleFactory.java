package stream.weir.examples.settle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stream.weir.api.codec.Schema;
import stream.weir.api.connector.FunctionFactory;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.api.connector.RowFunction;
import stream.weir.api.row.RowType;

/** Makes {@code function: {name: settle, left: orders, right: payments, config: {patience: 30m}}} known to pipeline files. */
public final class SettleFactory implements FunctionFactory {
    private static final String STATUS = "status";

    @Override
    public String name() {
        return "settle";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.withDefault(
                "patience",
                Option.Kind.DURATION,
                "30m",
                "How long an order waits for its payment, and a payment for its order."));
    }

    @Override
    public RowFunction create(List<RowType> inputs, Options config) {
        RowType orders = inputs.getFirst();
        if (orders.indexOf(STATUS) >= 0) {
            throw new IllegalArgumentException(
                    "Orders have a field " + STATUS + " already, which is what this function adds.");
        }
        List<RowType.Column> columns = new ArrayList<>(orders.columns());
        columns.add(new RowType.Column(STATUS, Schema.Primitive.STRING));
        RowType output = new RowType(columns);
        Duration patience = config.get("patience", Duration.class);
        return new RowFunction.TwoInput(output, () -> new Settle(orders, output, patience), Map.of());
    }
}

package stream.weir.api.connector;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import stream.weir.api.function.AsyncFunction;
import stream.weir.api.function.KeyedProcessFunction;
import stream.weir.api.function.ProcessFunction;
import stream.weir.api.function.TwoInputFunction;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** A function over rows, of one of the kinds that a stage can run. Suppliers are called once for each replica and run. */
public sealed interface RowFunction {
    /** The type of the rows that it emits. */
    RowType output();

    /** Row to row, without state. */
    record OneToOne(RowType output, Function<Row, Row> function) implements RowFunction {}

    /** @param sideOutputs types of its side outputs by name */
    record Process(RowType output, Supplier<ProcessFunction<Row, Row>> function, Map<String, RowType> sideOutputs)
            implements RowFunction {}

    /**
     * Keys are rows of the fields that {@code keyBy} names.
     *
     * @param sideOutputs types of its side outputs by name
     */
    record Keyed(
            RowType output, Supplier<KeyedProcessFunction<Row, Row, Row>> function, Map<String, RowType> sideOutputs)
            implements RowFunction {}

    /**
     * First step of a stage of two inputs, which the step names as {@code left} and {@code right}.
     *
     * @param sideOutputs types of its side outputs by name
     */
    record TwoInput(
            RowType output, Supplier<TwoInputFunction<Row, Row, Row, Row>> function, Map<String, RowType> sideOutputs)
            implements RowFunction {}

    /**
     * @param capacity most calls under way at once, at least 1
     * @param timeout of one call
     */
    record Async(RowType output, Supplier<AsyncFunction<Row, Row>> function, int capacity, Duration timeout)
            implements RowFunction {}
}

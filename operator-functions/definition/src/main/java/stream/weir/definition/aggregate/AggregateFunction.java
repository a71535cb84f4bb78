package stream.weir.definition.aggregate;

import java.util.Optional;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.RowType;

/**
 * One field of an aggregate over rows of a known type.
 *
 * @param name of the field in the result
 */
public sealed interface AggregateFunction {
    String name();

    /** Makes the part that computes this field; allowed only where {@link #problem} is empty. */
    Part part(Slots slots);

    /** Why the function does not go with the type of its input. */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /** {@code count: "*"} */
    record CountRows(String name) implements AggregateFunction {
        @Override
        public Part part(Slots slots) {
            return new Counting(Counting.ALL_ROWS, slots);
        }
    }

    /** Every function of one field. */
    record OfField(String name, Function function, RowType row, int column) implements AggregateFunction {
        @Override
        public Part part(Slots slots) {
            return switch (function) {
                case COUNT -> new Counting(column, slots);
                case SUM ->
                    type() == Schema.Primitive.INT64
                            ? new IntSum(row.columns().get(column).name(), column, slots)
                            : new DoubleSum(column, DoubleSum.Yield.SUM, slots);
                case AVG -> new DoubleSum(column, DoubleSum.Yield.AVERAGE, slots);
                case MIN -> Extreme.least(column, ValueCodec.of(type()), slots);
                case MAX -> Extreme.greatest(column, ValueCodec.of(type()), slots);
                case FIRST -> new ByTime(column, ByTime.Which.FIRST, ValueCodec.of(type()), slots);
                case LAST -> new ByTime(column, ByTime.Which.LAST, ValueCodec.of(type()), slots);
                case COUNT_DISTINCT -> new Distinct(column, ValueCodec.of(type()), slots);
            };
        }

        @Override
        public Optional<String> problem() {
            return switch (function) {
                case SUM, AVG ->
                    type() == Schema.Primitive.INT64 || type() == Schema.Primitive.DOUBLE
                            ? Optional.empty()
                            : Optional.of("takes an int or a double");
                case MIN, MAX, COUNT_DISTINCT ->
                    ValueOrder.covers(type())
                            ? Optional.empty()
                            : Optional.of("takes an int, a double, a string, a bool or a timestamp");
                case COUNT, FIRST, LAST -> Optional.empty();
            };
        }

        private Schema type() {
            return row.columns().get(column).type();
        }
    }

    /** {@code top: {n, by, of}}, the latter two by position. */
    record Top(String name, int n, RowType row, int by, int of) implements AggregateFunction {
        @Override
        public Part part(Slots slots) {
            return new TopN(n, column(by), column(of), slots);
        }

        @Override
        public Optional<String> problem() {
            return ValueOrder.covers(row.columns().get(by).type())
                    ? Optional.empty()
                    : Optional.of("compares ints, doubles, strings, bools or timestamps");
        }

        private TopN.Column column(int index) {
            return new TopN.Column(index, ValueCodec.of(row.columns().get(index).type()));
        }
    }

    /** What is computed of a field. */
    enum Function {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        FIRST,
        LAST,
        COUNT_DISTINCT
    }
}

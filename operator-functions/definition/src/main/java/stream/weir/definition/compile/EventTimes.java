package stream.weir.definition.compile;

import java.time.Instant;
import java.util.Optional;
import java.util.function.ToLongFunction;
import stream.weir.api.codec.Schema;
import stream.weir.api.pipeline.EventTime;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.definition.expression.ExpressionException;
import stream.weir.definition.expression.TypeWords;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.SourceSpec;

/** The field of a source's rows that has their time. */
final class EventTimes {
    private EventTimes() {}

    /** Empty, with a problem added, where the rows have no such time. */
    static Optional<EventTime<Row>> of(SourceSpec.Time spec, RowType rows, Problems problems) {
        Located<String> field = spec.field();
        int index = rows.indexOf(field.value());
        if (index < 0) {
            problems.addUnknown(field.place(), field.value(), "no such field in the rows", Flow.names(rows));
            return Optional.empty();
        }
        Schema type = rows.columns().get(index).type();
        if (type != Schema.Primitive.TIMESTAMP && type != Schema.Primitive.INT64) {
            problems.add(
                    field.place(),
                    field.value(),
                    "is a " + TypeWords.spelled(type)
                            + "; event time is a timestamp, or an int of milliseconds since 1970");
            return Optional.empty();
        }
        return Optional.of(new EventTime<>(timeOf(field.value(), index), spec.maxOutOfOrderness(), spec.idleTimeout()));
    }

    private static ToLongFunction<Row> timeOf(String field, int index) {
        return row -> switch (row.get(index)) {
            case Instant instant -> instant.toEpochMilli();
            case Long millis -> millis;
            case null, default ->
                throw new ExpressionException("no event time: " + field + " is " + row.get(index) + " in " + row);
        };
    }
}

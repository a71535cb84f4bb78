package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;

/** A checked expression. */
@FunctionalInterface
public interface Expression {
    /**
     * The value for a row of the type that the expression was checked against.
     *
     * @return of the class that {@link stream.weir.api.row.RowType} lists for the expression's type; null where it is null
     * @throws ExpressionException when it has no value for this row
     */
    @Nullable
    Object evaluate(Row row);
}

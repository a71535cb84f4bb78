package stream.weir.definition.expression;

import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;

/** Runs an expression as a tree of nodes. */
record NodeExpression(String text, Node root, UsedFields used) implements Expression {
    @Override
    public @Nullable Object evaluate(Row row) {
        try {
            return root.value(row);
        } catch (EvaluationFault e) {
            throw used.failure(text, row, e, String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw used.failure(text, row, e, "long overflow");
        }
    }
}

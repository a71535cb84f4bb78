package stream.weir.definition.expression;

import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** The fields that an expression refers to, for its error messages. */
record UsedFields(RowType row, int[] indexes) {
    static UsedFields of(RowType row, Collection<Integer> indexes) {
        return new UsedFields(
                row, indexes.stream().mapToInt(Integer::intValue).sorted().toArray());
    }

    ExpressionException failure(String expression, Row values, Throwable cause, String reason) {
        String because = firstNull(values)
                .map(name -> name + " is null")
                .orElse(reason.replace("/ by zero", "division by zero"));
        String fields = IntStream.of(indexes)
                .mapToObj(i -> row.columns().get(i).name() + ": " + values.get(i))
                .collect(Collectors.joining(", ", "{", "}"));
        return new ExpressionException("the expression " + expression + " failed on " + fields + ": " + because, cause);
    }

    private Optional<String> firstNull(Row values) {
        return IntStream.of(indexes)
                .filter(i -> values.get(i) == null)
                .mapToObj(i -> row.columns().get(i).name())
                .findFirst();
    }
}

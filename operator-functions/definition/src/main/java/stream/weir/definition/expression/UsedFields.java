package stream.weir.definition.expression;

import dev.cel.common.ast.CelExpr;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** The fields that an expression refers to, for its error messages. */
record UsedFields(RowType row, int[] indexes) {
    static UsedFields of(CelExpr expr, RowType row) {
        TreeSet<Integer> indexes = new TreeSet<>();
        collect(expr, row, indexes);
        return new UsedFields(row, indexes.stream().mapToInt(Integer::intValue).toArray());
    }

    private static void collect(CelExpr expr, RowType row, TreeSet<Integer> into) {
        switch (expr.getKind()) {
            case IDENT -> {
                int index = row.indexOf(expr.ident().name());
                if (index >= 0) {
                    into.add(index);
                }
            }
            case SELECT -> collect(expr.select().operand(), row, into);
            case CALL -> {
                expr.call().target().ifPresent(target -> collect(target, row, into));
                expr.call().args().forEach(arg -> collect(arg, row, into));
            }
            case LIST -> expr.list().elements().forEach(element -> collect(element, row, into));
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    collect(entry.key(), row, into);
                    collect(entry.value(), row, into);
                });
            case COMPREHENSION -> {
                collect(expr.comprehension().iterRange(), row, into);
                collect(expr.comprehension().loopCondition(), row, into);
                collect(expr.comprehension().loopStep(), row, into);
                collect(expr.comprehension().result(), row, into);
            }
            default -> {}
        }
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

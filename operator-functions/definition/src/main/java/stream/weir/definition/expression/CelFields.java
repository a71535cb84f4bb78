package stream.weir.definition.expression;

import dev.cel.common.ast.CelExpr;
import java.util.HashSet;
import java.util.Set;
import stream.weir.api.row.RowType;

/** Finds the fields that an expression of CEL refers to. */
final class CelFields {
    private final RowType row;
    private final Set<Integer> indexes = new HashSet<>();

    private CelFields(RowType row) {
        this.row = row;
    }

    static UsedFields of(CelExpr expr, RowType row) {
        CelFields fields = new CelFields(row);
        fields.collect(expr);
        return UsedFields.of(row, fields.indexes);
    }

    private void collect(CelExpr expr) {
        switch (expr.getKind()) {
            case IDENT -> {
                int index = row.indexOf(expr.ident().name());
                if (index >= 0) {
                    indexes.add(index);
                }
            }
            case SELECT -> collect(expr.select().operand());
            case CALL -> {
                expr.call().target().ifPresent(this::collect);
                expr.call().args().forEach(this::collect);
            }
            case LIST -> expr.list().elements().forEach(this::collect);
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    collect(entry.key());
                    collect(entry.value());
                });
            case COMPREHENSION -> {
                collect(expr.comprehension().iterRange());
                collect(expr.comprehension().loopCondition());
                collect(expr.comprehension().loopStep());
                collect(expr.comprehension().result());
            }
            default -> {}
        }
    }
}

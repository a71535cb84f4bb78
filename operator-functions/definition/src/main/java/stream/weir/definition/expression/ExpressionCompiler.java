package stream.weir.definition.expression;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import stream.weir.api.row.RowType;

/** Checks expressions over rows of one type and makes them ready to run. For one thread. */
public final class ExpressionCompiler {
    private final RowType row;
    /** Made when an expression first needs it. */
    private @Nullable CelCompilation cel;

    private ExpressionCompiler(RowType row) {
        this.row = row;
    }

    /** @param row a field whose name is not an identifier cannot be used in expressions */
    public static ExpressionCompiler of(RowType row) {
        return new ExpressionCompiler(row);
    }

    /** Parses and checks {@code text}. */
    public Checked check(String text) {
        Optional<Checked.Sound> simple = SimpleExpressions.check(text, row);
        return simple.isPresent() ? simple.get() : cel().check(text);
    }

    private CelCompilation cel() {
        if (cel == null) {
            cel = CelCompilation.of(row);
        }
        return cel;
    }
}

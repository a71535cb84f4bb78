package stream.weir.definition.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Runs an expression on CEL's own runtime. */
final class CelExpression implements Expression {
    private static final Pattern POSITION = Pattern.compile("evaluation error( at <input>:\\d+)?: ");

    private final String text;
    private final CelRuntime.Program program;
    private final RowType type;
    private final Schema result;
    private final UsedFields used;

    CelExpression(String text, CelRuntime.Program program, RowType type, Schema result, UsedFields used) {
        this.text = text;
        this.program = program;
        this.type = type;
        this.result = result;
        this.used = used;
    }

    @Override
    public @Nullable Object evaluate(Row row) {
        try {
            return CelValues.fromCel(program.eval(name -> variable(row, name)), result);
        } catch (CelEvaluationException e) {
            throw used.failure(
                    text,
                    row,
                    e,
                    POSITION.matcher(String.valueOf(e.getMessage())).replaceFirst(""));
        }
    }

    private Optional<Object> variable(Row row, String name) {
        int index = type.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(CelValues.toCel(row.get(index)));
    }
}

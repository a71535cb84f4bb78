package stream.weir.definition.compile;

import java.util.Optional;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.RowType;
import stream.weir.definition.expression.Checked;
import stream.weir.definition.expression.ExpressionCompiler;
import stream.weir.definition.expression.TypeWords;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.ExpressionText;

/** Checks the expressions of one step and reports their faults at their places in the file. */
final class Expressions {
    private final ExpressionCompiler compiler;
    private final Problems problems;

    Expressions(RowType rows, Problems problems) {
        this.compiler = ExpressionCompiler.of(rows);
        this.problems = problems;
    }

    Optional<Checked.Sound> check(ExpressionText expression) {
        return switch (compiler.check(expression.text())) {
            case Checked.Sound sound -> Optional.of(sound);
            case Checked.Faulty faulty -> {
                faulty.faults()
                        .forEach(fault -> problems.add(
                                expression.cursor().inText(fault.line(), fault.column()),
                                expression.text(),
                                fault.reason(),
                                fault.suggestion()));
                yield Optional.empty();
            }
        };
    }

    Optional<Checked.Sound> check(ExpressionText expression, Schema wanted) {
        return check(expression).filter(sound -> {
            if (!sound.type().equals(wanted)) {
                problems.add(
                        expression.cursor().place(),
                        expression.text(),
                        "must be a " + TypeWords.spelled(wanted) + ", it is a " + TypeWords.spelled(sound.type()));
                return false;
            }
            return true;
        });
    }
}

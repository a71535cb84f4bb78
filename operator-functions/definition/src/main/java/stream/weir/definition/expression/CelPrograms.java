package stream.weir.definition.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;

/**
 * What CEL's own runtime makes of checked expressions. It stands apart from the checker because that runtime brings some 500 classes: a
 * process that only refuses expressions never loads them.
 */
final class CelPrograms {
    private static final CelRuntime RUNTIME = runtime();

    private CelPrograms() {}

    /** @throws CelEvaluationException if the runtime does not know what {@code checked} calls */
    static CelRuntime.Program of(CelAbstractSyntaxTree checked) throws CelEvaluationException {
        return RUNTIME.createProgram(checked);
    }

    private static CelRuntime runtime() {
        var builder = CelRuntimeFactory.plannerRuntimeBuilder().addLibraries(CelFunctions.STRINGS, CelFunctions.MATH);
        for (String sides : List.of("list_null", "null_list", "map_null", "null_map")) {
            builder.addFunctionBindings(
                    CelFunctionBinding.from(
                            "equals_" + sides, List.of(Object.class, Object.class), CelPrograms::bothNull),
                    CelFunctionBinding.from(
                            "not_equals_" + sides, List.of(Object.class, Object.class), sides2 -> !bothNull(sides2)));
        }
        return builder.build();
    }

    private static boolean bothNull(Object[] sides) {
        return sides[0] instanceof NullValue && sides[1] instanceof NullValue;
    }
}

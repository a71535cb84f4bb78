package stream.weir.definition.expression;

import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelMathExtensions;
import dev.cel.extensions.CelStringExtensions;

/** The libraries of functions that expressions have beside CEL's own, for its checker and its runtime alike. */
final class CelFunctions {
    static final CelStringExtensions STRINGS = CelExtensions.strings();
    static final CelMathExtensions MATH = CelExtensions.math();

    private CelFunctions() {}
}

package stream.weir.definition.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.RowType;

/**
 * Expressions over rows of one type as CEL parses, checks and runs them. It stands apart from {@link ExpressionCompiler} because
 * CEL brings some 950 classes: a process in which all expressions are simple never loads them. For one thread.
 */
final class CelCompilation {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final RowType row;
    private final FieldTypes types;
    private final CelCompiler operators;
    private final FaultMessages messages;
    /** Made when an expression first needs it. */
    private @Nullable CelCompiler functions;

    private CelCompilation(RowType row, FieldTypes types, CelCompiler operators) {
        this.row = row;
        this.types = types;
        this.operators = operators;
        this.messages = new FaultMessages(row);
    }

    /** @param row a field whose name is not an identifier cannot be used in expressions */
    static CelCompilation of(RowType row) {
        FieldTypes types = new FieldTypes();
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(CelOptions.current().build())
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        for (RowType.Column column : row.columns()) {
            CelType type = types.ofField(column.type());
            if (IDENTIFIER.matcher(column.name()).matches()) {
                builder.addVar(column.name(), type);
            }
        }
        builder.setTypeProvider(types.structures());
        nullComparison(builder, "_==_", "equals");
        nullComparison(builder, "_!=_", "not_equals");
        return new CelCompilation(row, types, builder.build());
    }

    /** Parses and checks {@code text}. */
    Checked check(String text) {
        try {
            CelAbstractSyntaxTree tree = compilerOf(text).compile(text).getAst();
            CelType result = resultType(tree, tree.getExpr());
            Optional<Schema> type = types.toField(result);
            if (type.isEmpty()) {
                return new Checked.Faulty(List.of(messages.noFieldType(result)));
            }
            return new Checked.Sound(type.get(), runnable(text, tree, type.get()));
        } catch (CelValidationException e) {
            return new Checked.Faulty(e.getErrors().stream()
                    .map(issue -> messages.of(issue, text))
                    .distinct()
                    .toList());
        }
    }

    /**
     * The libraries of functions bring some hundred classes and are declared anew for each type of row, so they are left alone where no
     * function is called: only operators are called without parentheses.
     */
    private CelCompiler compilerOf(String text) {
        if (text.indexOf('(') < 0) {
            return operators;
        }
        if (functions == null) {
            functions = operators
                    .toCompilerBuilder()
                    .addLibraries(CelFunctions.STRINGS, CelFunctions.MATH)
                    .build();
        }
        return functions;
    }

    private Expression runnable(String text, CelAbstractSyntaxTree tree, Schema type) {
        UsedFields used = CelFields.of(tree.getExpr(), row);
        try {
            return new CelExpression(text, CelPrograms.of(tree), row, type, used);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("cannot plan the checked expression " + text, e);
        }
    }

    /** CEL takes {@code c ? null : x} to be of the null type; it is of the type of {@code x}. */
    private static CelType resultType(CelAbstractSyntaxTree tree, CelExpr expr) {
        CelType type = tree.getTypeOrThrow(expr.id());
        if (type.equals(SimpleType.NULL_TYPE)
                && expr.getKind() == ExprKind.Kind.CALL
                && expr.call().function().equals("_?_:_")) {
            CelType then = resultType(tree, expr.call().args().get(1));
            return then.equals(SimpleType.NULL_TYPE)
                    ? resultType(tree, expr.call().args().get(2))
                    : then;
        }
        return type;
    }

    /** CEL itself lets null be compared with everything but lists and maps. */
    private static void nullComparison(CelCompilerBuilder builder, String operator, String id) {
        ListType list = ListType.create(TypeParamType.create("T"));
        MapType map = MapType.create(TypeParamType.create("K"), TypeParamType.create("V"));
        builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(
                operator,
                CelOverloadDecl.newGlobalOverload(id + "_list_null", SimpleType.BOOL, list, SimpleType.NULL_TYPE),
                CelOverloadDecl.newGlobalOverload(id + "_null_list", SimpleType.BOOL, SimpleType.NULL_TYPE, list),
                CelOverloadDecl.newGlobalOverload(id + "_map_null", SimpleType.BOOL, map, SimpleType.NULL_TYPE),
                CelOverloadDecl.newGlobalOverload(id + "_null_map", SimpleType.BOOL, SimpleType.NULL_TYPE, map)));
    }
}

package stream.weir.definition.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.types.CelType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.api.codec.Schema;
import stream.weir.api.pipeline.NearestName;
import stream.weir.api.row.RowType;

/** Says in the words of pipeline files what CEL's checker found. */
final class FaultMessages {
    private static final Pattern UNDECLARED = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern UNDEFINED = Pattern.compile("undefined field '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern OVERLOAD = Pattern.compile(
            "found no matching overload for '([^']*)' applied to '(.*?)' \\(candidates:.*", Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("_?([^_a-z]+)_?|_(\\?)_:_|@(in)");

    /** The functions that are misspelled most easily: what is suggested need not be complete. */
    private static final List<String> FUNCTIONS = List.of(
            "bool",
            "bytes",
            "contains",
            "double",
            "duration",
            "dyn",
            "endsWith",
            "filter",
            "format",
            "getDate",
            "getDayOfMonth",
            "getDayOfWeek",
            "getDayOfYear",
            "getFullYear",
            "getHours",
            "getMilliseconds",
            "getMinutes",
            "getMonth",
            "getSeconds",
            "indexOf",
            "int",
            "join",
            "lastIndexOf",
            "lowerAscii",
            "matches",
            "replace",
            "reverse",
            "size",
            "split",
            "startsWith",
            "string",
            "substring",
            "timestamp",
            "trim",
            "type",
            "uint",
            "upperAscii");

    private final List<String> fields;
    private final List<String> nested;

    FaultMessages(RowType row) {
        this.fields = row.columns().stream().map(RowType.Column::name).toList();
        List<String> names = new ArrayList<>();
        row.columns().forEach(column -> collect(column.type(), names));
        this.nested = List.copyOf(names);
    }

    Checked.Fault of(CelIssue issue, String text) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        String message = issue.getMessage();
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            String name = undeclared.group(1);
            return calls(text, line, column)
                    ? new Checked.Fault(
                            line,
                            column,
                            "no function " + name,
                            NearestName.of(name, FUNCTIONS).map(FaultMessages::didYouMean))
                    : new Checked.Fault(line, column, "no field " + name, near(name, fields));
        }
        Matcher undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            String name = undefined.group(1);
            return new Checked.Fault(line, column, "no field " + name + " in this row", near(name, nested));
        }
        Matcher overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload(line, column, overload.group(1), FieldTypes.spelled(overload.group(2)));
        }
        return new Checked.Fault(line, column, FieldTypes.spelled(message), Optional.empty());
    }

    Checked.Fault noFieldType(CelType type) {
        String spelled = FieldTypes.spelled(type.name());
        Optional<String> advice =
                switch (type.kind()) {
                    case DURATION -> Optional.of("take its seconds as an int with .getSeconds()");
                    case UINT -> Optional.of("convert it with int(...)");
                    case NULL_TYPE -> Optional.of("write a value of the type that is meant");
                    case DYN, LIST, MAP ->
                        Optional.of("use elements of one type, or convert them, as with double(...)");
                    default -> Optional.empty();
                };
        return new Checked.Fault(1, 0, "yields a " + spelled + ", which a field cannot hold", advice);
    }

    private static Checked.Fault overload(int line, int column, String function, String types) {
        Matcher operator = OPERATOR.matcher(function);
        String inner = types.startsWith("(") ? types.substring(1, types.length() - 1) : types;
        boolean mixed = inner.equals("double, int") || inner.equals("int, double");
        Optional<String> advice = mixed
                ? Optional.of("int and double do not mix: convert one with double(...) or write 1.0 for 1")
                : Optional.empty();
        if (function.equals("_?_:_")) {
            return new Checked.Fault(
                    line,
                    column,
                    "? : takes a bool and two values of one type, not " + inner,
                    inner.contains("double") && inner.contains("int")
                            ? Optional.of("convert one with double(...)")
                            : advice);
        }
        String name = operator.matches() ? operator.group().replace("_", "").replace("@", "") : function + "()";
        return new Checked.Fault(line, column, name + " does not take " + inner.replace(", ", " and "), advice);
    }

    /** CEL points at the parenthesis of a call, and at the first letter of a name. */
    private static boolean calls(String text, int line, int column) {
        String at = text.lines().skip(line - 1L).findFirst().orElse("");
        return column < at.length() && at.charAt(column) == '(';
    }

    private static Optional<String> near(String name, List<String> names) {
        return NearestName.of(name, names).map(FaultMessages::didYouMean).or(() -> listed(names));
    }

    private static String didYouMean(String nearest) {
        return "did you mean \"" + nearest + "\"?";
    }

    private static Optional<String> listed(List<String> names) {
        return names.isEmpty() ? Optional.empty() : Optional.of("there is " + String.join(", ", names));
    }

    private static void collect(Schema schema, List<String> names) {
        switch (schema) {
            case Schema.Nullable nullable -> collect(nullable.of(), names);
            case Schema.ListOf list -> collect(list.element(), names);
            case Schema.MapOf map -> collect(map.value(), names);
            case Schema.Struct struct ->
                struct.fields().forEach(field -> {
                    names.add(field.name());
                    collect(field.type(), names);
                });
            default -> {}
        }
    }
}

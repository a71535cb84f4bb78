package stream.weir.cli.answer;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Values as YAML in block style. Texts that could be read as something else are quoted as in JSON, which is YAML too. */
public final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/][A-Za-z0-9_./-]*");
    private static final Set<String> NOT_TEXT =
            Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n", "True", "False", "Null", "Yes", "No");

    private final StringBuilder out = new StringBuilder();

    private Yaml() {}

    public static String of(Value value) {
        Yaml yaml = new Yaml();
        yaml.write(value, 0, "");
        return yaml.out.toString();
    }

    /** @param first what stands before the first line instead of its indentation, where there is anything */
    private void write(Value value, int depth, String first) {
        switch (value) {
            case Value.Items(List<Value> all)
            when !all.isEmpty() -> {
                String lead = first;
                for (Value each : all) {
                    indent(depth, lead);
                    out.append('-');
                    nested(each, depth + 1, " ");
                    lead = "";
                }
            }
            case Value.Fields(Map<String, Value> all)
            when !all.isEmpty() -> {
                String lead = first;
                for (Map.Entry<String, Value> each : all.entrySet()) {
                    indent(depth, lead);
                    out.append(text(each.getKey())).append(':');
                    field(each.getValue(), depth);
                    lead = "";
                }
            }
            default -> {
                indent(depth, first);
                out.append(scalar(value)).append('\n');
            }
        }
    }

    private void nested(Value value, int depth, String space) {
        if (isScalar(value)) {
            out.append(space).append(scalar(value)).append('\n');
        } else {
            write(value, depth, space);
        }
    }

    private void field(Value value, int depth) {
        if (isScalar(value)) {
            out.append(' ').append(scalar(value)).append('\n');
        } else {
            out.append('\n');
            write(value, depth + 1, "");
        }
    }

    private void indent(int depth, String lead) {
        out.append(lead.isEmpty() ? "  ".repeat(depth) : lead);
    }

    private static boolean isScalar(Value value) {
        return value.items().isEmpty() && value.entries().isEmpty();
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Text(String content) -> text(content);
            case Value.Items _ -> "[]";
            case Value.Fields _ -> "{}";
            default -> Json.line(value);
        };
    }

    private static String text(String content) {
        return PLAIN.matcher(content).matches() && !NOT_TEXT.contains(content) ? content : Json.line(Value.of(content));
    }
}

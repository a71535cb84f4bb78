package stream.weir.operator.resource;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes plain values as YAML 1.2, always in the same way: whatever could be taken for something else than text is quoted. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
    private static final Set<String> WORDS = Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    static String of(Map<String, ?> document) {
        YamlText yaml = new YamlText();
        yaml.fields(document, 0);
        return yaml.text.toString();
    }

    private void fields(Map<?, ?> map, int depth) {
        boolean first = true;
        for (Map.Entry<?, ?> field : map.entrySet()) {
            if (!first || depth >= 0) {
                indent(first ? 0 : depth);
            }
            first = false;
            text.append(scalar(String.valueOf(field.getKey()))).append(':');
            value(field.getValue(), depth);
        }
    }

    private void value(@Nullable Object value, int depth) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                text.append('\n').append("  ".repeat(depth + 1));
                fields(map, depth + 1);
            }
            case List<?> list
            when !list.isEmpty() -> {
                text.append('\n');
                for (Object item : list) {
                    text.append("  ".repeat(depth + 1)).append('-');
                    item(item, depth + 1);
                }
            }
            case null, default -> text.append(' ').append(leaf(value)).append('\n');
        }
    }

    private void item(@Nullable Object item, int depth) {
        switch (item) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                text.append(' ');
                fields(map, depth + 1);
            }
            case List<?> list when !list.isEmpty() -> value(list, depth);
            case null, default -> text.append(' ').append(leaf(item)).append('\n');
        }
    }

    private void indent(int depth) {
        text.append("  ".repeat(depth));
    }

    private static String leaf(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> empty -> "{}";
            case List<?> empty -> "[]";
            case Number number -> number.toString();
            case Boolean bool -> bool.toString();
            default -> scalar(value.toString());
        };
    }

    private static String scalar(String value) {
        if (PLAIN.matcher(value).matches() && !WORDS.contains(value.toLowerCase(java.util.Locale.ROOT))) {
            return value;
        }
        StringBuilder quoted = new StringBuilder("\"");
        value.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format("\\x%02x", c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}

package stream.weir.definition;

import java.util.List;
import java.util.Map;

/**
 * Values as a text that is the same for equal values and no others: one line for each, strings quoted, mappings in the order in
 * which they were written, as that is the order of columns.
 */
final class CanonicalText {
    private final StringBuilder text = new StringBuilder();

    void line(Object... values) {
        for (Object value : values) {
            write(value);
            text.append(' ');
        }
        text.append('\n');
    }

    private void write(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                text.append('{');
                map.forEach((name, each) -> {
                    write(name);
                    text.append(':');
                    write(each);
                    text.append(',');
                });
                text.append('}');
            }
            case List<?> list -> {
                text.append('[');
                list.forEach(each -> {
                    write(each);
                    text.append(',');
                });
                text.append(']');
            }
            case String string -> quote(string);
            default -> text.append(value);
        }
    }

    private void quote(String string) {
        text.append('"')
                .append(string.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                .append('"');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}

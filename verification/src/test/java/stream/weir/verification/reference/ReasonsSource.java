package stream.weir.verification.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the constants of an enum with their comments, which no compiled class has. */
final class ReasonsSource {
    private static final Pattern CONSTANT = Pattern.compile(
            "\\s*(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\s*)?([A-Z][A-Z0-9_]*)\\s*(\\((?:[^()\"]|\"(?:[^\"\\\\]|\\\\.)*\")*\\))?\\s*([,;}])",
            Pattern.DOTALL);
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    private ReasonsSource() {}

    /** @param texts those that it was made with, in order */
    record Constant(String name, String comment, List<String> texts) {}

    static List<Constant> of(String source, String name) {
        Matcher head = Pattern.compile("enum " + name + "\\b[^{]*\\{").matcher(source);
        if (!head.find()) {
            throw new IllegalArgumentException("no enum " + name + " in " + source);
        }
        List<Constant> constants = new ArrayList<>();
        Matcher next = CONSTANT.matcher(source);
        int at = head.end();
        boolean more = true;
        while (more) {
            next.region(at, source.length());
            if (!next.lookingAt()) {
                throw new IllegalArgumentException("cannot read enum " + name + " from " + source.substring(at));
            }
            constants.add(new Constant(
                    next.group(2), next.group(1) == null ? "" : Page.cell(next.group(1)), texts(next.group(3))));
            at = next.end();
            more = next.group(4).equals(",");
        }
        return constants;
    }

    private static List<String> texts(String arguments) {
        return arguments == null
                ? List.of()
                : TEXT.matcher(arguments).results().map(text -> text.group(1)).toList();
    }
}

package stream.weir.definition.expression;

import java.util.List;
import java.util.Random;

/** Expressions over {@link RandomRows#TYPE}, right and wrong ones. */
final class RandomExpressions {
    private static final List<String> LITERALS = List.of(
            "0",
            "1",
            "-3",
            "007",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "0x1F",
            "-0xf",
            "7u",
            "0.0",
            "1.5",
            ".5",
            "-.5",
            "2.",
            "1e3",
            "1E-3",
            "1e999",
            "-1e999",
            "1.5e",
            "3x",
            "1..2",
            "1.e1",
            "''",
            "'a'",
            "\"b\"",
            "'\\n\\t\\'\\\\'",
            "\"\\a\\b\\f\\r\\v\\\"\\?\\`\"",
            "'\\x41'",
            "'\\u00e4'",
            "'\\101'",
            "'\\q'",
            "'ä\uD83D\uDE00'",
            "'\uD83D'",
            "r'a\\n'",
            "R\"a\"",
            "b'a'",
            "'''a'''",
            "\"\"\"a\"b\"\"\"",
            "'a\nb'",
            "'a' 'b'",
            "'open",
            "true",
            "false",
            "null",
            "True",
            "[]",
            "{}",
            "[1]",
            "{'a': 1}");
    private static final List<String> NAMES = List.of(
            "i",
            "j",
            "d",
            "e",
            "s",
            "u",
            "b",
            "c",
            "t",
            "r",
            "raw",
            "tags",
            "counts",
            "left",
            "deep",
            "deep.n",
            "deep.at",
            "deep.left",
            "deep.left.origin",
            "deep.tags",
            "deep.raw",
            "deep.flag",
            "deep.narrow",
            "left.origin",
            "left.dep_delay",
            "left .\norigin",
            "type",
            "list",
            "map",
            "int",
            "string",
            "double",
            "bool",
            "bytes",
            "size",
            "has",
            "duration",
            "timestamp",
            "dyn",
            "null_type",
            "uint",
            "math",
            "_",
            "__result__",
            "as",
            "in",
            "for",
            "weir",
            "google",
            "narrow",
            "moments",
            "gaps",
            "grid",
            "`odd name`",
            "odd",
            "nothing",
            ".i",
            ".left.origin",
            "deep.in",
            "deep.for",
            "deep.`odd name`",
            "left.nothing",
            "i.j",
            "ä");
    private static final List<String> OPERATORS =
            List.of("==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&&", "||");
    private static final List<String> TOKENS = List.of(
            "(",
            ")",
            "(",
            ")",
            "!",
            "-",
            "?",
            ":",
            ".",
            "?",
            ":",
            ",",
            "[",
            "]",
            "{",
            "}",
            "in",
            "=",
            "&",
            "|",
            "//",
            "/*",
            "===",
            "<>",
            "**",
            "'",
            "\"",
            "\\",
            "@",
            "#",
            "$",
            "~",
            "^",
            ";",
            "size(",
            "has(",
            ".size()",
            ".exists(x, x)",
            "\f",
            "\n",
            "\t",
            "\r",
            "\u000b",
            "\u00a0",
            "//\n",
            "// c\n");

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    /**
     * One of the kind that we run ourselves. Logical operators do not stand below {@code ==}: there CEL's runtime (0.14.0) takes an
     * error of theirs for a value that differs from every other, while ours lets the expression fail, as the language wants it.
     */
    String sound(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> integer(depth);
            case 1 -> decimal(depth);
            case 2 -> string(depth);
            case 3 -> either(depth);
            default -> bool(depth);
        };
    }

    /** Operators on whatever there is, hardly ever right. */
    String mixed(int depth) {
        if (depth == 0) {
            return pick(random.nextInt(3) == 0 ? LITERALS : NAMES);
        }
        String one = mixed(depth - 1);
        return switch (random.nextInt(9)) {
            case 0 -> "(" + one + ")";
            case 1 -> "!" + one;
            case 2 -> "-" + one;
            case 3 -> one + " ? " + mixed(depth - 1) + " : " + mixed(depth - 1);
            case 4 -> one + pick("== null", " != null", ".origin", ".n", " in tags", "[0]", ".size()");
            case 5 -> pick("null == ", "size", "string", "has") + "(" + one + ")";
            default -> one + pick("", " ", "  \n") + pick(OPERATORS) + pick("", " ") + mixed(depth - 1);
        };
    }

    /** Words and signs one after another. */
    String soup() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(9); i >= 0; i--) {
            text.append(pick(pick(List.of(LITERALS, NAMES, NAMES, OPERATORS, OPERATORS, TOKENS))));
            text.append(pick("", " ", " "));
        }
        return text.toString();
    }

    /** {@code text} with one or two small changes. */
    String changed(String text) {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(2); i >= 0; i--) {
            int at = random.nextInt(changed.length() + 1);
            int end = Math.min(changed.length(), at + random.nextInt(3));
            String with = random.nextBoolean() ? "" : pick(pick(List.of(LITERALS, NAMES, OPERATORS, TOKENS)));
            changed.replace(at, end, with);
        }
        return changed.toString();
    }

    private String integer(int depth) {
        if (depth == 0) {
            return pick("i", "j", "deep.n", "0", "1", "-3", "9223372036854775807", "-9223372036854775808", "type");
        }
        return switch (random.nextInt(4)) {
            case 0 -> "-(" + integer(depth - 1) + ")";
            case 1 -> "(" + bool(depth - 1) + " ? " + integer(depth - 1) + " : " + integer(depth - 1) + ")";
            default -> binary(integer(depth - 1), "+ - * / %", integer(depth - 1));
        };
    }

    private String decimal(int depth) {
        if (depth == 0) {
            return pick("d", "e", "left.dep_delay", "0.0", "1.5", "-2.0", "duration");
        }
        return switch (random.nextInt(4)) {
            case 0 -> "-(" + decimal(depth - 1) + ")";
            case 1 -> "(" + bool(depth - 1) + " ? " + decimal(depth - 1) + " : " + decimal(depth - 1) + ")";
            default -> binary(decimal(depth - 1), "+ - * /", decimal(depth - 1));
        };
    }

    private String string(int depth) {
        return depth == 0
                ? pick("s", "u", "left.origin", "deep.left.origin", "''", "'a'", "'\\n'")
                : binary(string(depth - 1), "+", string(depth - 1));
    }

    /** Of fields of one type, and null. */
    private String either(int depth) {
        String one = pick("i d s b t raw left deep.left tags counts".split(" "));
        String other =
                switch (one) {
                    case "tags", "counts" -> one;
                    default -> pick(one, "null");
                };
        return switch (random.nextInt(3)) {
            case 0 -> one;
            case 1 -> bool(depth - 1) + " ? " + one + " : " + other;
            default -> bool(depth - 1) + " ? " + other + " : " + one;
        };
    }

    private String bool(int depth) {
        if (depth == 0) {
            return pick("b", "c", "deep.flag", "true", "false", "(tags != null)", "(left == null)", "(raw != null)");
        }
        String orders = "== != < <= > >=";
        return switch (random.nextInt(10)) {
            case 0 -> "!(" + bool(depth - 1) + ")";
            case 1 -> binary(integer(depth - 1), orders, integer(depth - 1));
            case 2 -> binary(decimal(depth - 1), orders, decimal(depth - 1));
            case 3 -> binary(string(depth - 1), orders, string(depth - 1));
            case 4 -> binary(pick("t", "r", "deep.at"), orders, pick("t", "r"));
            case 5 -> binary(pick("i", "d", "s", "b", "t", "left.origin", "deep.tags"), "== !=", "null");
            case 6 -> binary(bool(depth - 1), "< <= > >=", bool(depth - 1));
            case 7 -> binary(bool(0), "== !=", bool(0));
            default -> binary(bool(depth - 1), "&& ||", bool(depth - 1));
        };
    }

    private String binary(String left, String operators, String right) {
        return "(" + left + " " + pick(operators.split(" ")) + " " + right + ")";
    }

    private String pick(String... choices) {
        return pick(List.of(choices));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

package stream.weir.definition.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers, strings, names and signs of an expression, read one after another. For one thread. */
final class Tokens {
    /** These limits are far from those at which CEL refuses an expression, so nothing is taken that it would not take. */
    private static final int MOST_CHARACTERS = 2_000;

    private static final int MOST_TOKENS = 200;

    private static final Pattern SPACE = Pattern.compile("[\t\n\f\r ]*+");
    private static final String ESCAPED = "abfnrtv";
    private static final String MEANT = "\007\b\f\n\r\t\013";

    /** What is read. Nothing of {@code r'raw'}, {@code '''long'''}, {@code 7u}, {@code 0x7} or a comment is any of these. */
    enum Kind {
        NUMBER("(?:\\d++(?:\\.\\d++)?+|\\.\\d++)(?:[eE][+-]?\\d++)?+(?!\\w)"),
        STRING(quoted('"') + "|" + quoted('\'')),
        NAME("[A-Za-z_]\\w*+"),
        SIGN("&&|\\|\\||[=!<>]=|/(?!/)|[-+*%<>!?:().]"),
        END("\\z");

        private final Pattern pattern;

        Kind(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        private static String quoted(char quote) {
            return quote + "(?:[^\\\\\n\r\\p{Cs}" + quote + "]++|\\\\[abfnrtv?`'\"\\\\])*+" + quote;
        }
    }

    private record Token(Kind kind, String text) {}

    private final List<Token> tokens;
    private int next;

    private Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws NotSimple where {@code text} has anything else in it, or is long */
    static Tokens of(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = SPACE.matcher(text);
        do {
            if (text.length() > MOST_CHARACTERS || tokens.size() > MOST_TOKENS) {
                throw new NotSimple();
            }
            matcher.usePattern(SPACE).lookingAt();
            matcher.region(matcher.end(), text.length());
            tokens.add(token(matcher));
            matcher.region(matcher.end(), text.length());
        } while (tokens.getLast().kind != Kind.END);
        return new Tokens(tokens);
    }

    private static Token token(Matcher matcher) {
        for (Kind kind : Kind.values()) {
            if (matcher.usePattern(kind.pattern).lookingAt()) {
                String text = matcher.group();
                return new Token(kind, kind == Kind.STRING ? unquoted(text) : text);
            }
        }
        throw new NotSimple();
    }

    private static String unquoted(String literal) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < literal.length() - 1; i++) {
            boolean escape = literal.charAt(i) == '\\';
            char letter = literal.charAt(escape ? ++i : i);
            int control = escape ? ESCAPED.indexOf(letter) : -1;
            text.append(control < 0 ? letter : MEANT.charAt(control));
        }
        return text.toString();
    }

    Kind kind() {
        return tokens.get(next).kind;
    }

    boolean isSign(String sign) {
        return kind() == Kind.SIGN && tokens.get(next).text.equals(sign);
    }

    /** What is next, a string without its quotes and escapes; what comes after it is next then. */
    String take() {
        return tokens.get(next++).text;
    }

    /** Takes {@code sign} if it is next, and says whether it was. */
    boolean take(String sign) {
        boolean there = isSign(sign);
        next += there ? 1 : 0;
        return there;
    }

    /** @throws NotSimple where {@code sign} is not next */
    void expect(String sign) {
        if (!take(sign)) {
            throw new NotSimple();
        }
    }

    /** @throws NotSimple where anything but {@code kind} is next */
    String expect(Kind kind) {
        if (kind() != kind) {
            throw new NotSimple();
        }
        return take();
    }
}

package stream.weir.definition.spec;

import java.util.Optional;
import java.util.regex.Pattern;
import stream.weir.definition.problem.Located;
import stream.weir.definition.yaml.Cursor;

/** Reads DNS labels. */
final class Names {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final int LONGEST = 63;

    private Names() {}

    static Optional<Located<String>> label(Cursor cursor) {
        return cursor.locatedText().filter(name -> {
            if (name.value().length() > LONGEST) {
                cursor.problem("is " + name.value().length() + " characters long, a name has at most " + LONGEST);
                return false;
            }
            if (!LABEL.matcher(name.value()).matches()) {
                cursor.problem("a name consists of a-z, 0-9 and '-', and begins and ends with a letter or a digit");
                return false;
            }
            return true;
        });
    }
}

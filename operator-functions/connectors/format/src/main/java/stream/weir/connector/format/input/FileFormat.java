package stream.weir.connector.format.input;

import java.util.Locale;

/** How a file's bytes are records. */
public enum FileFormat {
    CSV,
    /** A JSON object in each line. */
    JSONL,
    /** Lines. */
    TEXT;

    /** As a pipeline file spells it, and the ending of a file. */
    public String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static FileFormat of(String spelled) {
        return valueOf(spelled.toUpperCase(Locale.ROOT));
    }
}

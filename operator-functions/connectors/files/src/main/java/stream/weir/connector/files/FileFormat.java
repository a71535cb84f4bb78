package stream.weir.connector.files;

import java.util.Locale;

/** How a file's bytes are records. */
public enum FileFormat {
    CSV,
    /** A JSON object in each line. */
    JSONL,
    /** Lines. */
    TEXT;

    /** As a pipeline file spells it, and the ending of a file. */
    String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FileFormat of(String spelled) {
        return valueOf(spelled.toUpperCase(Locale.ROOT));
    }
}

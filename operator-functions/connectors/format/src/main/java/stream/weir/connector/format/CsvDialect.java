package stream.weir.connector.format;

import java.util.List;

/**
 * How CSV is spelled: fields quoted as in RFC 4180, records ended by LF or CRLF.
 *
 * @param delimiter an ASCII character that is no quote and no line end
 * @param nullValues what stands for null; a string in quotes, or bytes, are never null
 */
public record CsvDialect(char delimiter, List<String> nullValues) {
    /** Commas; empty is null. */
    public static final CsvDialect STANDARD = new CsvDialect(',', List.of(""));

    /**
     * @throws IllegalArgumentException when the delimiter cannot be one
     */
    public CsvDialect {
        if (delimiter >= 0x80 || delimiter == '"' || delimiter == '\n' || delimiter == '\r' || delimiter == 0) {
            throw new IllegalArgumentException(
                    "the delimiter must be one ASCII character other than a quote and a line end, not '" + delimiter
                            + "'");
        }
        nullValues = List.copyOf(nullValues);
    }
}

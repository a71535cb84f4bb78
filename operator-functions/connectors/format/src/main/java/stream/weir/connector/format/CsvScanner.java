package stream.weir.connector.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds the fields of one CSV record (RFC 4180). A quote inside a field that does not begin with one is taken as it is.
 *
 * <p>When quotes are wrong, the record is its first line: a stray quote must not swallow the records that follow.
 */
final class CsvScanner {
    private static final byte BARE = 0;
    private static final byte QUOTED = 1;
    /** Quoted, with doubled quotes inside. */
    private static final byte ESCAPED = 2;

    private final byte delimiter;
    private byte[] data = {};
    private int[] starts = new int[32];
    private int[] ends = new int[32];
    private byte[] quoting = new byte[32];
    private int fields;
    private int lineEnds;
    private Optional<String> problem = Optional.empty();

    CsvScanner(char delimiter) {
        this.delimiter = (byte) delimiter;
    }

    /** As {@link RowParser#find}. */
    int find(byte[] bytes, int from, int to, RowParser.Tail tail) {
        data = bytes;
        fields = 0;
        lineEnds = 0;
        problem = Optional.empty();
        int at = from;
        while (true) {
            boolean quoted = at < to && bytes[at] == '"';
            int end = quoted ? quoted(at + 1, to, tail) : bare(at, to);
            if (end == RowParser.INCOMPLETE || (end == to && tail == RowParser.Tail.OPEN)) {
                return problem.isPresent() ? firstLine(from, to, tail) : RowParser.INCOMPLETE;
            }
            if (end == to || bytes[end] == '\n') {
                lineEnds++;
                return Math.min(end + 1, to);
            }
            at = end + 1;
        }
    }

    /** Returns the index of the delimiter or line feed behind the field, or {@code to}. */
    private int bare(int from, int to) {
        byte[] bytes = data;
        byte separator = delimiter;
        int at = from;
        while (at < to && bytes[at] != separator && bytes[at] != '\n') {
            at++;
        }
        boolean carriageReturn = at > from && bytes[at - 1] == '\r' && (at == to || bytes[at] == '\n');
        add(from, carriageReturn ? at - 1 : at, BARE);
        return at;
    }

    /** As {@link #bare}; {@link RowParser#INCOMPLETE} where the end is not at hand or there is a problem. */
    private int quoted(int from, int to, RowParser.Tail tail) {
        byte kind = QUOTED;
        int at = from;
        while (at < to) {
            byte b = data[at];
            if (b == '\n') {
                lineEnds++;
            } else if (b == '"') {
                if (at + 1 >= to || data[at + 1] != '"') {
                    break;
                }
                kind = ESCAPED;
                at++;
            }
            at++;
        }
        if (at >= to) {
            return unclosed(tail);
        }
        add(from, at, kind);
        int next = at + 1;
        if (next < to && data[next] == '\r' && (next + 1 == to || data[next + 1] == '\n')) {
            next++;
        }
        if (next < to && data[next] != delimiter && data[next] != '\n') {
            problem = Optional.of(
                    "field " + fields + " goes on behind its closing quote; write a quote inside a field as two");
            return RowParser.INCOMPLETE;
        }
        return next;
    }

    private int unclosed(RowParser.Tail tail) {
        if (tail == RowParser.Tail.FINAL) {
            problem = Optional.of("the quote that opens field " + (fields + 1) + " is never closed");
        }
        return RowParser.INCOMPLETE;
    }

    private int firstLine(int from, int to, RowParser.Tail tail) {
        lineEnds = 1;
        int at = from;
        while (at < to && data[at] != '\n') {
            at++;
        }
        if (at == to && tail == RowParser.Tail.OPEN) {
            return RowParser.INCOMPLETE;
        }
        return Math.min(at + 1, to);
    }

    private void add(int start, int end, byte kind) {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            ends = Arrays.copyOf(ends, fields * 2);
            quoting = Arrays.copyOf(quoting, fields * 2);
        }
        starts[fields] = start;
        ends[fields] = end;
        quoting[fields] = kind;
        fields++;
    }

    int lines() {
        return lineEnds;
    }

    int fields() {
        return fields;
    }

    /** Why the bytes are no record. */
    Optional<String> problem() {
        return problem;
    }

    /** Whether the record is one field without a character. */
    boolean empty() {
        return fields == 1 && problem.isEmpty() && starts[0] == ends[0] && quoting[0] == BARE;
    }

    int start(int field) {
        return starts[field];
    }

    int end(int field) {
        return ends[field];
    }

    boolean isQuoted(int field) {
        return quoting[field] != BARE;
    }

    /** Whether the field has to be {@link #unescape unescaped}. */
    boolean isEscaped(int field) {
        return quoting[field] == ESCAPED;
    }

    /** The field with its doubled quotes made single. */
    byte[] unescape(int field) {
        byte[] plain = new byte[ends[field] - starts[field]];
        int size = 0;
        for (int i = starts[field]; i < ends[field]; i++) {
            plain[size++] = data[i];
            if (data[i] == '"') {
                i++;
            }
        }
        return Arrays.copyOf(plain, size);
    }

    /** The fields of the record as text. */
    List<String> texts() throws MalformedRecordException {
        if (problem.isPresent()) {
            throw new MalformedRecordException(problem.get());
        }
        List<String> texts = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            byte[] plain = unescapedCopy(i);
            texts.add(FieldParsers.string(plain, 0, plain.length));
        }
        return texts;
    }

    private byte[] unescapedCopy(int field) {
        return isEscaped(field) ? unescape(field) : Arrays.copyOfRange(data, starts[field], ends[field]);
    }
}

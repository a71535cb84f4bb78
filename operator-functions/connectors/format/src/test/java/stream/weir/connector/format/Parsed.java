package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.RowType;

/** Rows and refusals of a text, in order, with the line each began on. */
final class Parsed {
    final List<Object> rows = new ArrayList<>();
    final List<String> problems = new ArrayList<>();

    private Parsed() {}

    static Parsed of(RowParser parser, String text) {
        return of(parser, text.getBytes(StandardCharsets.UTF_8));
    }

    static Parsed of(RowParser parser, byte[] data) {
        Parsed parsed = new Parsed();
        long line = 1;
        for (int at = 0; at < data.length; ) {
            int end = parser.find(data, at, data.length, RowParser.Tail.FINAL);
            if (!parser.blank()) {
                try {
                    parsed.rows.add(parser.row().toString());
                } catch (MalformedRecordException e) {
                    parsed.problems.add(line + ": " + e.getMessage());
                }
            }
            line += parser.lines();
            at = end;
        }
        return parsed;
    }

    static RowType rows(Object... namesAndTypes) {
        List<RowType.Column> columns = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            columns.add(new RowType.Column((String) namesAndTypes[i], (Schema) namesAndTypes[i + 1]));
        }
        return new RowType(columns);
    }
}

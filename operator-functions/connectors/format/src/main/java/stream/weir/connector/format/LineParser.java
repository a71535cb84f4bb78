package stream.weir.connector.format;

/** What formats with one record in each line have in common. */
abstract class LineParser implements RowParser {
    /** The line found last, without its line end. */
    byte[] data = {};

    int start;
    int end;

    @Override
    public final int find(byte[] bytes, int from, int to, Tail tail) {
        int at = from;
        while (at < to && bytes[at] != '\n') {
            at++;
        }
        if (at == to && tail == Tail.OPEN) {
            return INCOMPLETE;
        }
        data = bytes;
        start = from;
        end = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
        return Math.min(at + 1, to);
    }

    @Override
    public final int lines() {
        return 1;
    }
}

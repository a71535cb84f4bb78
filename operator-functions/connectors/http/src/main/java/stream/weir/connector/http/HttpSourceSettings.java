package stream.weir.connector.http;

import java.util.List;
import java.util.Locale;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvDialect;
import stream.weir.connector.format.CsvParser;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.RowParser;
import stream.weir.connector.format.TextParser;

/**
 * Where records are taken, and what they are.
 *
 * @param port of the first replica
 * @param maxBody bytes of one request
 * @param maxPending records that are not answered yet
 * @param rememberedKeys of covered requests, for each replica
 */
record HttpSourceSettings(
        String host,
        int port,
        Ports ports,
        String path,
        Format format,
        char delimiter,
        RowType rows,
        int maxBody,
        int maxPending,
        int rememberedKeys) {
    /** Which port a replica takes. */
    enum Ports {
        /** The next one for each replica, as replicas on one machine need it. */
        CONSECUTIVE,
        /** The same one, for replicas with an address each. */
        SAME
    }

    enum Format {
        JSON("application/json", "application/x-ndjson", "application/jsonl", "application/jsonlines"),
        CSV("text/csv", "text/plain"),
        TEXT("text/plain");

        private final List<String> mediaTypes;

        Format(String... mediaTypes) {
            this.mediaTypes = List.of(mediaTypes);
        }

        List<String> mediaTypes() {
            return mediaTypes;
        }

        static Format of(String spelled) {
            return valueOf(spelled.toUpperCase(Locale.ROOT));
        }
    }

    int port(int replica) {
        return port == 0 || ports == Ports.SAME ? port : port + replica;
    }

    /** A parser for one request. */
    RowParser parser() {
        return switch (format) {
            case JSON -> JsonLinesParser.of(rows);
            case CSV ->
                CsvParser.of(
                        rows,
                        new CsvDialect(delimiter, List.of("")),
                        rows.columns().stream().map(RowType.Column::name).toList());
            case TEXT -> new TextParser();
        };
    }
}

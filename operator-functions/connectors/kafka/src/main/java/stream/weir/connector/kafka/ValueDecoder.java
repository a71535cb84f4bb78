package stream.weir.connector.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.CsvDialect;
import stream.weir.connector.format.CsvParser;
import stream.weir.connector.format.JsonLinesParser;
import stream.weir.connector.format.MalformedRecordException;
import stream.weir.connector.format.RowParser;

/** Rows from the values of records. May keep buffers: one thread at a time. */
interface ValueDecoder {
    /** The name of the only field of text and bytes. */
    String VALUE = "value";

    RowType TEXT_ROWS = new RowType(List.of(new RowType.Column(VALUE, Schema.Primitive.STRING)));
    RowType BYTES_ROWS = new RowType(List.of(new RowType.Column(VALUE, Schema.Primitive.BYTES)));

    /**
     * @throws MalformedRecordException when the value is no row
     * @throws IOException when that cannot be found out at the moment
     */
    Row decode(byte[] value) throws MalformedRecordException, IOException;

    static ValueDecoder json(RowType rows) {
        return JsonLinesParser.of(rows)::whole;
    }

    static ValueDecoder csv(RowType rows, char delimiter) {
        List<String> names = rows.columns().stream().map(RowType.Column::name).toList();
        CsvParser parser = CsvParser.of(rows, new CsvDialect(delimiter, List.of("")), names);
        return value -> {
            int end = value.length == 0 ? 0 : parser.find(value, 0, value.length, RowParser.Tail.FINAL);
            if (end == 0) {
                throw new MalformedRecordException("is empty");
            }
            if (end < value.length) {
                throw new MalformedRecordException(
                        "is more than one CSV record: the first ends at byte " + end + " of " + value.length);
            }
            return parser.row();
        };
    }

    static ValueDecoder text() {
        return value -> {
            try {
                return Row.of(
                        TEXT_ROWS,
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(value))
                                .toString());
            } catch (CharacterCodingException e) {
                throw new MalformedRecordException("is not UTF-8");
            }
        };
    }

    static ValueDecoder bytes() {
        return value -> Row.of(BYTES_ROWS, Bytes.of(value));
    }
}

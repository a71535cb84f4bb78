package stream.weir.connector.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.connector.format.CsvPrinter;
import stream.weir.connector.format.JsonLinesPrinter;
import stream.weir.connector.format.RowPrinter;

/** Values of records from rows. May keep buffers: one thread at a time. */
interface ValueEncoder {
    /**
     * @throws IllegalArgumentException naming the field that cannot be written
     */
    byte[] encode(Row row);

    /** @throws IOException when a schema cannot be registered */
    static ValueEncoder of(SinkSettings settings) throws IOException {
        return switch (settings.format()) {
            case JSON -> line(new JsonLinesPrinter());
            case CSV -> line(new CsvPrinter(settings.rows(), settings.delimiter()));
            case TEXT, BYTES -> ValueEncoder::only;
            case AVRO -> avro(settings);
        };
    }

    /** A line without its end. */
    private static ValueEncoder line(RowPrinter printer) {
        ByteWriter buffer = new ByteWriter();
        return row -> {
            buffer.reset();
            printer.row(row, buffer);
            return Arrays.copyOf(buffer.buffer(), buffer.size() - 1);
        };
    }

    private static byte[] only(Row row) {
        return switch (row.get(ValueDecoder.VALUE)) {
            case null -> throw new IllegalArgumentException("the field value is null");
            case Bytes bytes -> bytes.toByteArray();
            case Object other -> other.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static ValueEncoder avro(SinkSettings settings) throws IOException {
        Schema schema = settings.avro().orElseGet(() -> AvroTypes.schema(settings.rows()));
        byte[] prefix = settings.registry().isPresent()
                ? prefix(SchemaRegistry.at(URI.create(settings.registry().get()))
                        .register(settings.topic() + "-value", schema))
                : new byte[0];
        GenericDatumWriter<GenericData.Record> writer = new GenericDatumWriter<>(schema);
        AvroRows rows = new AvroRows();
        return row -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(prefix);
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            try {
                writer.write(rows.record(row, schema), encoder);
            } catch (AvroRuntimeException | ClassCastException | ArithmeticException e) {
                throw new IllegalArgumentException("the row does not fit the Avro schema: " + e.getMessage(), e);
            } catch (IOException e) {
                throw new UncheckedIOException(e); // of bytes in memory
            }
            return out.toByteArray();
        };
    }

    private static byte[] prefix(int id) {
        return ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 0).putInt(id).array();
    }
}

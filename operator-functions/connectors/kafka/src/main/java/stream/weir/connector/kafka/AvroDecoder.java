package stream.weir.connector.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;
import stream.weir.connector.format.MalformedRecordException;

/**
 * Avro's binary form. With a registry a zero byte and the four bytes of the writer's schema's id come before it; the record is then
 * read as the pipeline's schema, by Avro's rules of resolution. One thread at a time.
 */
final class AvroDecoder implements ValueDecoder {
    private static final byte MAGIC = 0;
    private static final int PREFIX = 1 + Integer.BYTES;

    private final Schema schema;
    private final Optional<SchemaRegistry> registry;
    private final Map<Integer, GenericDatumReader<IndexedRecord>> readers = new HashMap<>();
    private final GenericDatumReader<IndexedRecord> plain;
    private final AvroRows rows = new AvroRows();
    private @Nullable BinaryDecoder reused;

    AvroDecoder(Schema schema, Optional<SchemaRegistry> registry) {
        this.schema = schema;
        this.registry = registry;
        this.plain = new GenericDatumReader<>(schema);
    }

    @Override
    public Row decode(byte[] value) throws MalformedRecordException, IOException {
        int from = registry.isPresent() ? PREFIX : 0;
        GenericDatumReader<IndexedRecord> reader = registry.isPresent() ? reader(value, registry.get()) : plain;
        BinaryDecoder in = DecoderFactory.get().binaryDecoder(value, from, value.length - from, reused);
        reused = in;
        IndexedRecord record;
        try {
            record = reader.read(null, in);
            if (!in.isEnd()) {
                throw new MalformedRecordException("has bytes behind its Avro record");
            }
        } catch (AvroRuntimeException | IOException | IndexOutOfBoundsException e) {
            throw new MalformedRecordException("is not Avro of the schema " + schema.getFullName() + ": " + e);
        }
        return rows.row(record);
    }

    private GenericDatumReader<IndexedRecord> reader(byte[] value, SchemaRegistry schemas)
            throws MalformedRecordException, IOException {
        if (value.length < PREFIX || value[0] != MAGIC) {
            throw new MalformedRecordException("does not begin with a zero byte and the id of a schema");
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        GenericDatumReader<IndexedRecord> reader = readers.get(id);
        if (reader == null) {
            Schema written = schemas.schema(id)
                    .orElseThrow(() -> new MalformedRecordException("has a schema of id " + id + ", which the registry "
                            + schemas.location() + " does not know"));
            reader = new GenericDatumReader<>(written, schema);
            if (readers.size() < SchemaRegistry.MOST_SCHEMAS) {
                readers.put(id, reader);
            }
        }
        return reader;
    }
}

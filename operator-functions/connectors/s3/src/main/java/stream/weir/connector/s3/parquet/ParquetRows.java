package stream.weir.connector.s3.parquet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** Tells Parquet the values of rows. */
final class ParquetRows extends WriteSupport<Row> {
    private static final long MICROS = 1_000_000;

    private final RowType rows;
    private @Nullable RecordConsumer out;

    ParquetRows(RowType rows) {
        this.rows = rows;
    }

    /** Asked for with a plain configuration only. */
    @Override
    public WriteContext init(Configuration configuration) {
        throw new UnsupportedOperationException("there is no Hadoop here");
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(ParquetTypes.message(rows), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
        out = consumer;
    }

    @Override
    public void write(Row row) {
        RecordConsumer to = out;
        if (to == null) {
            throw new IllegalStateException("a row comes before the file is begun");
        }
        to.startMessage();
        fields(to, row);
        to.endMessage();
    }

    private static void fields(RecordConsumer to, Row row) {
        List<RowType.Column> columns = row.type().columns();
        for (int i = 0; i < columns.size(); i++) {
            field(to, columns.get(i).name(), i, row.get(i));
        }
    }

    private static void field(RecordConsumer to, String name, int index, @Nullable Object value) {
        if (value != null) {
            to.startField(name, index);
            value(to, value);
            to.endField(name, index);
        }
    }

    private static void value(RecordConsumer to, Object value) {
        switch (value) {
            case String text -> to.addBinary(Binary.fromString(text));
            case Long number -> to.addLong(number);
            case Double number -> to.addDouble(number);
            case Boolean yes -> to.addBoolean(yes);
            case Instant time ->
                to.addLong(Math.addExact(Math.multiplyExact(time.getEpochSecond(), MICROS), time.getNano() / 1000));
            case Bytes bytes -> to.addBinary(Binary.fromConstantByteArray(bytes.toByteArray()));
            case List<?> list -> list(to, list);
            case Map<?, ?> map -> map(to, map);
            case Row row -> {
                to.startGroup();
                fields(to, row);
                to.endGroup();
            }
            default -> throw new IllegalArgumentException("a row has a " + value.getClass());
        }
    }

    private static void list(RecordConsumer to, List<?> list) {
        to.startGroup();
        if (!list.isEmpty()) {
            to.startField("list", 0);
            for (Object element : list) {
                to.startGroup();
                field(to, "element", 0, element);
                to.endGroup();
            }
            to.endField("list", 0);
        }
        to.endGroup();
    }

    private static void map(RecordConsumer to, Map<?, ?> map) {
        to.startGroup();
        if (!map.isEmpty()) {
            to.startField("key_value", 0);
            map.forEach((key, value) -> {
                to.startGroup();
                field(to, "key", 0, key);
                field(to, "value", 1, value);
                to.endGroup();
            });
            to.endField("key_value", 0);
        }
        to.endGroup();
    }
}

package stream.weir.connector.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.MalformedRecordException;

/** Rows from records: the value's fields, then those of {@link Metadata} that were asked for. One thread at a time. */
final class RecordDecoder {
    private final ValueDecoder values;
    private final List<Metadata> metadata;
    private final RowType rows;

    private RecordDecoder(ValueDecoder values, List<Metadata> metadata, RowType rows) {
        this.values = values;
        this.metadata = metadata;
        this.rows = rows;
    }

    /** @param metadata by the names of the fields */
    static RecordDecoder of(ValueDecoder values, RowType valueRows, Map<String, Metadata> metadata) {
        return new RecordDecoder(values, List.copyOf(metadata.values()), rows(valueRows, metadata));
    }

    /**
     * @throws IllegalArgumentException when two fields have the same name
     */
    static RowType rows(RowType values, Map<String, Metadata> metadata) {
        List<RowType.Column> columns = new ArrayList<>(values.columns());
        metadata.forEach((name, kind) -> columns.add(new RowType.Column(name, kind.type())));
        return new RowType(columns);
    }

    /** @throws IOException when what is needed to decode cannot be had at the moment */
    Row decode(ConsumerRecord<byte[], byte[]> record) throws MalformedRecordException, IOException {
        if (record.value() == null) {
            throw new MalformedRecordException(
                    "has no value: it marks its key as deleted; tombstones: skip leaves it out");
        }
        Row row = values.decode(record.value());
        if (metadata.isEmpty()) {
            return row;
        }
        int width = row.type().size();
        @Nullable Object[] all = new @Nullable Object[rows.size()];
        for (int i = 0; i < width; i++) {
            all[i] = row.get(i);
        }
        for (int i = 0; i < metadata.size(); i++) {
            all[width + i] = metadata.get(i).of(record);
        }
        return Row.owning(rows, all);
    }
}

package stream.weir.connector.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;

/** What Kafka knows of a record beside its value, as a field of the row. */
enum Metadata {
    KEY(Schema.Primitive.STRING),
    KEY_BYTES(Schema.Primitive.BYTES),
    TOPIC(Schema.Primitive.STRING),
    PARTITION(Schema.Primitive.INT64),
    OFFSET(Schema.Primitive.INT64),
    TIMESTAMP(Schema.Primitive.TIMESTAMP);

    private final Schema type;

    Metadata(Schema type) {
        this.type = type;
    }

    Schema type() {
        return type;
    }

    /** As a pipeline file spells it: {@code keyBytes}. */
    String spelled() {
        String lower = name().toLowerCase(Locale.ROOT);
        int underscore = lower.indexOf('_');
        return underscore < 0
                ? lower
                : lower.substring(0, underscore)
                        + Character.toUpperCase(lower.charAt(underscore + 1))
                        + lower.substring(underscore + 2);
    }

    static Optional<Metadata> of(String spelled) {
        return Arrays.stream(values())
                .filter(each -> each.spelled().equals(spelled))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Metadata::spelled).toList();
    }

    @Nullable
    Object of(ConsumerRecord<byte[], byte[]> record) {
        return switch (this) {
            case KEY -> record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            case KEY_BYTES -> record.key() == null ? null : Bytes.of(record.key());
            case TOPIC -> record.topic();
            case PARTITION -> (long) record.partition();
            case OFFSET -> record.offset();
            case TIMESTAMP -> Instant.ofEpochMilli(record.timestamp());
        };
    }
}

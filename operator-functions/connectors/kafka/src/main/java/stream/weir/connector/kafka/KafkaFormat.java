package stream.weir.connector.kafka;

import java.util.Locale;

/** How the value of a Kafka record is a row. */
enum KafkaFormat {
    /** A JSON object. */
    JSON,
    /** One CSV record without a header. */
    CSV,
    /** One field, {@code value}, a string. */
    TEXT,
    /** One field, {@code value}, bytes. */
    BYTES,
    /** Avro's binary form, with the id of a registered schema before it where there is a registry. */
    AVRO;

    /** As a pipeline file spells it. */
    String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    static KafkaFormat of(String spelled) {
        return valueOf(spelled.toUpperCase(Locale.ROOT));
    }
}

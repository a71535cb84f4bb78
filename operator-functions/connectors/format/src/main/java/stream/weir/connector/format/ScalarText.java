package stream.weir.connector.format;

import java.time.Instant;
import java.util.Base64;
import stream.weir.api.codec.Bytes;

/** Values without parts as text. */
final class ScalarText {
    private ScalarText() {}

    /**
     * {@link Double#toString} is the shortest form that reads back as the same double since JDK 19, and {@link
     * Instant#toString} is ISO 8601 in UTC.
     */
    static String of(Object value) {
        return switch (value) {
            case Bytes bytes -> Base64.getEncoder().encodeToString(bytes.toByteArray());
            case Instant instant -> TimestampText.of(instant);
            default -> value.toString();
        };
    }
}

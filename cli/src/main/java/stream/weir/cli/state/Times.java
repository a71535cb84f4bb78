package stream.weir.cli.state;

import java.time.DateTimeException;
import java.time.Instant;

/** Event times as people read them. */
final class Times {
    private Times() {}

    /** @param millis since the epoch */
    static String text(long millis) {
        try {
            return Instant.ofEpochMilli(millis).toString();
        } catch (DateTimeException e) {
            return Long.toString(millis);
        }
    }
}

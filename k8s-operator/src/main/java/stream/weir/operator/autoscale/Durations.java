package stream.weir.operator.autoscale;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as pipelines spell them: {@code 500ms}, {@code 2s}, {@code 1m}, {@code 24h}. */
final class Durations {
    private static final Pattern SPELLED = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Durations() {}

    static Optional<Duration> of(String text) {
        Matcher spelled = SPELLED.matcher(text);
        if (!spelled.matches()) {
            return Optional.empty();
        }
        long count = Long.parseLong(spelled.group(1));
        return Optional.of(
                switch (spelled.group(2)) {
                    case "ms" -> Duration.ofMillis(count);
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                });
    }

    /** In the greatest unit that gives a whole number. */
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? seconds / 3600 + "h" : seconds / 60 + "m";
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static Duration ofSeconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}

package stream.weir.definition.yaml;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as files spell them. */
public final class Quantities {
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Map<String, Long> SIZE_UNITS =
            Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);

    private Quantities() {}

    /** {@code 500ms}, {@code 2s}, {@code 1m}, {@code 24h}, {@code 7d}; a bare {@code 0}. */
    public static Optional<Duration> duration(String spelled) {
        Matcher matcher = QUANTITY.matcher(spelled);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration unit = TIME_UNITS.get(matcher.group(2));
        if (unit == null) {
            return number == 0 && matcher.group(2).isEmpty() ? Optional.of(Duration.ZERO) : Optional.empty();
        }
        try {
            return Optional.of(Duration.ofMillis(Math.multiplyExact(unit.toMillis(), number)));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Bytes: {@code 64KiB}, {@code 128MiB}, {@code 1GiB}, or a bare number. */
    public static Optional<Long> size(String spelled) {
        Matcher matcher = QUANTITY.matcher(spelled);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Long unit = matcher.group(2).isEmpty() ? Long.valueOf(1) : SIZE_UNITS.get(matcher.group(2));
        try {
            return unit == null
                    ? Optional.empty()
                    : Optional.of(Math.multiplyExact(unit, Long.parseLong(matcher.group(1))));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** The duration at {@code cursor}; a negative or malformed one is a problem. */
    public static Optional<Duration> duration(Cursor cursor) {
        return cursor.scalar().flatMap(spelled -> {
            Optional<Duration> duration = duration(spelled);
            if (duration.isEmpty()) {
                cursor.problem(
                        spelled.startsWith("-")
                                ? "a duration is not negative"
                                : "must be a duration such as 500ms, 2s, 1m, 24h or 7d");
            }
            return duration;
        });
    }

    /** The duration at {@code cursor}, which must be longer than 0. */
    public static Optional<Duration> positiveDuration(Cursor cursor) {
        Optional<Duration> duration = duration(cursor);
        if (duration.isPresent() && duration.get().isZero()) {
            cursor.problem("must be longer than 0");
            return Optional.empty();
        }
        return duration;
    }

    /** The number of bytes at {@code cursor}. */
    public static Optional<Long> size(Cursor cursor) {
        return cursor.scalar().flatMap(spelled -> {
            Optional<Long> size = size(spelled);
            if (size.isEmpty()) {
                cursor.problem("must be a size such as 64KiB, 128MiB or 1GiB");
            }
            return size;
        });
    }
}

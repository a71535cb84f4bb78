package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * ISO 8601 instants: {@code 2013-01-01T10:00:00Z}, with up to nine digits of a fraction, seconds left out, a blank in place of
 * the {@code T}, an offset as {@code +02:00}, {@code +0200} or {@code +02} in place of the {@code Z}. Without a zone the time is
 * UTC; a date alone is its first instant in UTC.
 */
final class TimestampParser {
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int DATE = 10;

    private TimestampParser() {}

    static Instant parse(byte[] data, int from, int to) throws MalformedRecordException {
        int start = Ascii.trimStart(data, from, to);
        int end = Ascii.trimEnd(data, start, to);
        if (start < end && (data[start] == '+' || data[start] == '-')) {
            return farAway(data, start, end);
        }
        if (end - start < DATE || data[start + 4] != '-' || data[start + 7] != '-') {
            throw malformed();
        }
        long day = day(number(data, start, 4), number(data, start + 5, 2), number(data, start + 8, 2));
        if (end - start == DATE) {
            return Instant.ofEpochSecond(day * 86_400);
        }
        return time(data, start + DATE, end, day);
    }

    private static Instant time(byte[] data, int separator, int end, long day) throws MalformedRecordException {
        int at = separator + 6;
        if (at > end
                || (data[separator] != 'T' && data[separator] != 't' && data[separator] != ' ')
                || data[separator + 3] != ':') {
            throw malformed();
        }
        int hour = number(data, separator + 1, 2);
        int minute = number(data, separator + 4, 2);
        int second = 0;
        int nanos = 0;
        if (at < end && data[at] == ':') {
            if (at + 3 > end) {
                throw malformed();
            }
            second = number(data, at + 1, 2);
            at += 3;
            if (at < end && data[at] == '.') {
                int digits = digits(data, at + 1, end);
                nanos = nanos(data, at + 1, digits);
                at += 1 + digits;
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            throw malformed();
        }
        return Instant.ofEpochSecond(
                day * 86_400 + hour * 3600L + minute * 60L + second - offset(data, at, end), nanos);
    }

    /** Seconds east of UTC. */
    private static int offset(byte[] data, int from, int end) throws MalformedRecordException {
        int length = end - from;
        if (length == 0 || (length == 1 && (data[from] | 0x20) == 'z')) {
            return 0;
        }
        boolean colon = length == 6 && data[from + 3] == ':';
        if ((data[from] != '+' && data[from] != '-') || !(length == 3 || length == 5 || colon)) {
            throw malformed();
        }
        int hours = number(data, from + 1, 2);
        int minutes = length == 3 ? 0 : number(data, end - 2, 2);
        if (hours > 18 || minutes > 59) {
            throw malformed();
        }
        int seconds = hours * 3600 + minutes * 60;
        return data[from] == '-' ? -seconds : seconds;
    }

    private static int digits(byte[] data, int from, int end) throws MalformedRecordException {
        int at = from;
        while (at < end && Ascii.isDigit(data[at])) {
            at++;
        }
        if (at == from || at - from > 9) {
            throw malformed();
        }
        return at - from;
    }

    private static int nanos(byte[] data, int from, int digits) throws MalformedRecordException {
        int nanos = number(data, from, digits);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int number(byte[] data, int from, int length) throws MalformedRecordException {
        int value = 0;
        for (int i = from; i < from + length; i++) {
            if (!Ascii.isDigit(data[i])) {
                throw malformed();
            }
            value = value * 10 + data[i] - '0';
        }
        return value;
    }

    /**
     * Days since 1970-01-01 in the proleptic Gregorian calendar: years begin in March, so that the leap day is their last
     * (days_from_civil in H. Hinnant, chrono-Compatible Low-Level Date Algorithms, 2013).
     */
    private static long day(int year, int month, int day) throws MalformedRecordException {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1] || (month == 2 && day == 29 && !leap)) {
            throw malformed();
        }
        long y = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(y, 400);
        long yearOfEra = y - era * 400;
        long dayOfYear = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    /** Years before 0 and after 9999, which ISO 8601 writes with a sign. */
    private static Instant farAway(byte[] data, int start, int end) throws MalformedRecordException {
        try {
            return Instant.parse(new String(data, start, end - start, StandardCharsets.ISO_8859_1));
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    private static MalformedRecordException malformed() {
        return new MalformedRecordException("is not a timestamp like 2013-01-01T10:00:00Z");
    }
}

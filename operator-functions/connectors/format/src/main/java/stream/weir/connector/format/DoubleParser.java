package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers to the nearest double; also {@code NaN}, {@code Infinity} and {@code -Infinity}. Blanks around them are passed
 * over.
 *
 * <p>Numbers of at most 15 digits and a small power of ten, that is nearly all, are exact in one multiplication or division
 * (W. D. Clinger, How to Read Floating Point Numbers Accurately, PLDI 1990, the fast path); others go to {@link
 * Double#parseDouble}.
 */
final class DoubleParser {
    private static final int EXACT_DIGITS = 15;
    private static final int LONGEST_EXPONENT = 9;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private DoubleParser() {}

    static Double parse(byte[] data, int from, int to) throws MalformedRecordException {
        int start = Ascii.trimStart(data, from, to);
        int end = Ascii.trimEnd(data, start, to);
        int at = start;
        boolean negative = at < end && data[at] == '-';
        if (at < end && (negative || data[at] == '+')) {
            at++;
        }
        int first = at;
        long digits = 0;
        int significant = 0;
        int scale = 0;
        boolean point = false;
        boolean any = false;
        for (; at < end; at++) {
            byte b = data[at];
            if (Ascii.isDigit(b)) {
                any = true;
                scale -= point ? 1 : 0;
                significant += significant > 0 || b != '0' ? 1 : 0;
                digits = significant <= EXACT_DIGITS ? digits * 10 + (b - '0') : digits;
            } else if (b == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (!any) {
            return special(data, start, first, end);
        }
        if (at < end) {
            checkExponent(data, at, end);
            return slow(data, start, end);
        }
        if (significant > EXACT_DIGITS || -scale >= POWERS.length) {
            return slow(data, start, end);
        }
        double value = digits / POWERS[-scale];
        return negative ? -value : value;
    }

    private static void checkExponent(byte[] data, int from, int end) throws MalformedRecordException {
        int at = from + 1;
        boolean marked = (data[from] | 0x20) == 'e';
        if (at < end && (data[at] == '-' || data[at] == '+')) {
            at++;
        }
        boolean sized = at < end && end - at <= LONGEST_EXPONENT;
        for (; at < end; at++) {
            sized &= Ascii.isDigit(data[at]);
        }
        if (!marked || !sized) {
            throw new MalformedRecordException("is not a double");
        }
    }

    private static Double slow(byte[] data, int start, int end) {
        return Double.valueOf(new String(data, start, end - start, StandardCharsets.ISO_8859_1));
    }

    private static Double special(byte[] data, int start, int first, int end) throws MalformedRecordException {
        if (Ascii.equalsIgnoreCase(data, start, end, "nan")) {
            return Double.NaN;
        }
        if (Ascii.equalsIgnoreCase(data, first, end, "infinity") || Ascii.equalsIgnoreCase(data, first, end, "inf")) {
            return data[start] == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        throw new MalformedRecordException("is not a double");
    }
}

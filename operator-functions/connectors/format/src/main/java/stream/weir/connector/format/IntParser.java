package stream.weir.connector.format;

/** Decimal integers of 64 bits, with an optional sign; blanks around them are passed over. */
final class IntParser {
    private static final int SURE_DIGITS = 18;

    private IntParser() {}

    static Long parse(byte[] data, int from, int to) throws MalformedRecordException {
        int at = Ascii.trimStart(data, from, to);
        int end = Ascii.trimEnd(data, at, to);
        boolean negative = at < end && data[at] == '-';
        if (at < end && (negative || data[at] == '+')) {
            at++;
        }
        if (at == end) {
            throw new MalformedRecordException("is not an int");
        }
        long value = 0;
        boolean mayOverflow = end - at > SURE_DIGITS;
        for (; at < end; at++) {
            int digit = data[at] - '0';
            if (digit < 0 || digit > 9) {
                throw new MalformedRecordException("is not an int");
            }
            // Counted downwards, since the smallest number has no positive counterpart.
            if (mayOverflow && (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit)) {
                throw new MalformedRecordException("is beyond the 64 bits of an int");
            }
            value = value * 10 - digit;
        }
        if (!negative && value == Long.MIN_VALUE) {
            throw new MalformedRecordException("is beyond the 64 bits of an int");
        }
        return negative ? value : -value;
    }
}

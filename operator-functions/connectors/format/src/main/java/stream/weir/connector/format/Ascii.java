package stream.weir.connector.format;

import java.nio.charset.StandardCharsets;

/** Looks at bytes as ASCII. */
final class Ascii {
    private static final int QUOTED_LENGTH = 100;

    private Ascii() {}

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    /** The first index that holds no blank. */
    static int trimStart(byte[] data, int from, int to) {
        int at = from;
        while (at < to && (data[at] == ' ' || data[at] == '\t')) {
            at++;
        }
        return at;
    }

    /** The index behind the last byte that is no blank. */
    static int trimEnd(byte[] data, int from, int to) {
        int end = to;
        while (end > from && (data[end - 1] == ' ' || data[end - 1] == '\t')) {
            end--;
        }
        return end;
    }

    /** @param word in lower case */
    static boolean equalsIgnoreCase(byte[] data, int from, int to, String word) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            int b = data[from + i];
            if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The bytes in quotes, shortened, for messages. */
    static String quote(byte[] data, int from, int to) {
        String text = new String(data, from, Math.min(to - from, 4 * QUOTED_LENGTH), StandardCharsets.UTF_8);
        return '"' + (text.length() > QUOTED_LENGTH ? text.substring(0, QUOTED_LENGTH) + "..." : text) + '"';
    }
}

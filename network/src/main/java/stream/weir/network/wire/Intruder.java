package stream.weir.network.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Guesses from the first bytes who has called, for the log. */
public final class Intruder {
    private static final List<String> HTTP_METHODS =
            List.of("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "OPTIONS ", "PATCH ", "TRACE ", "CONNECT ", "PRI ");

    private Intruder() {}

    /** Whether it looks like the request of an HTTP client. */
    public static boolean isHttp(byte[] first) {
        String text = new String(first, StandardCharsets.ISO_8859_1);
        return HTTP_METHODS.stream().anyMatch(text::startsWith);
    }

    /** Whether it looks like the hello of a TLS client. */
    public static boolean isTls(byte[] first) {
        return first.length >= 2 && first[0] == 0x16 && first[1] == 0x03;
    }

    static String describe(byte[] first) {
        if (isHttp(first)) {
            return "an HTTP client has called a port of Weir's own protocol: web pages and metrics have ports of their own";
        }
        if (isTls(first)) {
            return "a TLS client has called a port without TLS: configure TLS on both sides or on none";
        }
        return "expected \"WEIM\" after the length, found \"" + printable(first)
                + "\": the other side is no Weir process";
    }

    private static String printable(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b >= ' ' && b < 127 ? (char) b : '.');
        }
        return text.toString();
    }
}

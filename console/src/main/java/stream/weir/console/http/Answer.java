package stream.weir.console.http;

import java.nio.charset.StandardCharsets;

/**
 * What a request is answered with. The array must not be changed.
 *
 * @param type of the body
 * @param tag by which a browser can ask whether it has it already; empty where it is not to be kept
 */
record Answer(int status, String type, byte[] body, String tag) {
    private static final String JSON = "application/json";

    static Answer json(int status, String text) {
        return new Answer(status, JSON, text.getBytes(StandardCharsets.UTF_8), "");
    }

    static Answer text(int status, String text) {
        return new Answer(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8), "");
    }
}

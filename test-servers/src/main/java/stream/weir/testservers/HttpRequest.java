package stream.weir.testservers;

import java.util.Optional;

/**
 * The first lines of a request.
 *
 * @param head with the empty line at its end
 */
public record HttpRequest(String method, String path, String head) {
    static HttpRequest of(String head) {
        String[] words = head.lines().findFirst().orElse("").split(" ", 3);
        return new HttpRequest(words[0], words.length > 1 ? words[1] : "", head);
    }

    public Optional<String> header(String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    /** The same without a header. */
    HttpRequest without(String name) {
        StringBuilder kept = new StringBuilder();
        for (String line : head.split("\r\n", -1)) {
            if (!line.isEmpty() && !line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                kept.append(line).append("\r\n");
            }
        }
        return new HttpRequest(method, path, kept.append("\r\n").toString());
    }

    HttpRequest with(String line) {
        return new HttpRequest(method, path, head.substring(0, head.length() - 2) + line + "\r\n\r\n");
    }
}

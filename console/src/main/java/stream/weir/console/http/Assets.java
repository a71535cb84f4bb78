package stream.weir.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The files of the page, from the class path. */
final class Assets {
    private static final Map<String, String> TYPES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "console.js", "text/javascript; charset=utf-8",
            "console.css", "text/css; charset=utf-8",
            "favicon.svg", "image/svg+xml");

    private final Map<String, Answer> files;

    private Assets(Map<String, Answer> files) {
        this.files = files;
    }

    static Assets load() {
        Map<String, Answer> files = new LinkedHashMap<>();
        TYPES.forEach((name, type) -> {
            byte[] content = content(name);
            files.put("/" + name, new Answer(200, type, content, tag(content)));
        });
        Answer page = files.get("/index.html");
        if (page != null) {
            files.put("/", page);
        }
        return new Assets(Map.copyOf(files));
    }

    Optional<Answer> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    private static byte[] content(String name) {
        try (InputStream in = Assets.class.getResourceAsStream("/stream/weir/console/web/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the console's file " + name + " is not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the console's file " + name, e);
        }
    }

    private static String tag(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return "\"%08x\"".formatted(crc.getValue());
    }
}

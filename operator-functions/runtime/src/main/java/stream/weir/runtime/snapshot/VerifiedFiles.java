package stream.weir.runtime.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which local copies this process has read as a whole, or has written, and found to be what the manifest says. As long as such a file is
 * the same and was not written to, a replica that goes back in place need not read all of its state again only to check it. Safe for
 * use by any number of threads.
 */
public final class VerifiedFiles {
    private final Map<Path, Seen> seen = new ConcurrentHashMap<>();

    /** @param key of the file in its file system; null where that has none */
    private record Seen(@Nullable Object key, long bytes, FileTime written) {
        static Seen of(Path file) throws IOException {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return new Seen(found.fileKey(), found.size(), found.lastModifiedTime());
        }
    }

    /** Whether {@code file} was found right and is still that file. */
    boolean contains(Path file) throws IOException {
        return Seen.of(file).equals(seen.get(file));
    }

    void add(Path file) throws IOException {
        seen.put(file, Seen.of(file));
    }

    void remove(Path file) {
        seen.remove(file);
    }

    /** Has all files read again before they are used: something that worked with them has failed. */
    void clear() {
        seen.clear();
    }
}

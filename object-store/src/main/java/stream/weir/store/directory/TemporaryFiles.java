package stream.weir.store.directory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Temporary files of the store, and what processes that were killed left of them. */
final class TemporaryFiles {
    static final String PREFIX = ".tmp-";

    /** Longer than any write takes: a younger one may be another process's. */
    private static final Duration LEFT_BEHIND = Duration.ofDays(1);

    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // It is not listed, and swept later: not worth hiding what happened before.
        }
    }

    /**
     * Deletes what was left behind in a directory, at the first write to it.
     *
     * @param fresh a file just written there, whose time is the file system's own idea of now
     */
    void sweepOnce(Path directory, Path fresh) throws IOException {
        if (!swept.add(directory)) {
            return;
        }
        Instant limit = Files.getLastModifiedTime(fresh).toInstant().minus(LEFT_BEHIND);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : left) {
                if (isOlder(file, limit)) {
                    discard(file);
                }
            }
        }
    }

    private static boolean isOlder(Path file, Instant limit) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(limit);
        } catch (IOException e) {
            // Its writer has just finished with it.
            return false;
        }
    }
}

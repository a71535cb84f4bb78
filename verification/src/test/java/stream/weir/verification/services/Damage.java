package stream.weir.verification.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What disks do to files. */
final class Damage {
    private Damage() {}

    /**
     * Flips a bit in the middle of each file. Each is written anew: what else has a link to it keeps the bytes as they were.
     *
     * @return how many files there were
     */
    static int flipIn(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        int flipped = 0;
        for (Path file : files) {
            if (Files.size(file) > 0) {
                flip(file);
                flipped++;
            }
        }
        return flipped;
    }

    /** Flips one bit; a second time restores it. */
    static void flip(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.delete(file);
        Files.write(file, content);
    }
}

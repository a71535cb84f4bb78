package stream.weir.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that nobody can delete by its path, whoever they are: what is in it lies deeper than a path may be long. */
final class Undeletable implements AutoCloseable {
    private static final String NAME = "n".repeat(200);

    /** Paths have at most 4096 bytes. */
    private static final int LEVELS = 12;

    private final Path inside;
    private final Path outside;

    private Undeletable(Path inside, Path outside) {
        this.inside = inside;
        this.outside = outside;
    }

    /** @param aside does not exist; on the same disk */
    static Undeletable at(Path folder, Path aside) throws IOException {
        Path inside = Files.createDirectories(down(folder)).resolve("rest");
        Files.createDirectories(down(aside));
        Files.move(aside, inside);
        return new Undeletable(inside, aside);
    }

    private static Path down(Path from) {
        Path deepest = from;
        for (int i = 0; i < LEVELS; i++) {
            deepest = deepest.resolve(NAME);
        }
        return deepest;
    }

    /** It can be deleted now. */
    @Override
    public void close() throws IOException {
        Files.move(inside, outside);
    }
}

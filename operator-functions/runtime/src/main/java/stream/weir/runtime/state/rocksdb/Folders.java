package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import stream.weir.runtime.state.FileTrees;

/** The local folder of a backend: {@code db} is the database, {@code links} holds links to frozen files, {@code changes}
 * what has changed since, {@code restore} what is fetched. */
record Folders(Path root) {
    Path database() {
        return root.resolve("db");
    }

    /** Of a link of the database. */
    Path link(long epoch) {
        return root.resolve("links").resolve(Long.toString(epoch));
    }

    Path changes() {
        return root.resolve("changes");
    }

    Path restore(int handle) {
        return root.resolve("restore").resolve(Integer.toString(handle));
    }

    /** Removes what is there from before, and makes the folders. */
    void renew() throws IOException {
        FileTrees.delete(root);
        Files.createDirectories(database());
        Files.createDirectories(root.resolve("links"));
        Files.createDirectories(changes());
    }

    void deleteRestored() throws IOException {
        FileTrees.delete(root.resolve("restore"));
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}

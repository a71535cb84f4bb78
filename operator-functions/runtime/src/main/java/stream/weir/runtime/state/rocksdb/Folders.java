package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        delete(root);
        Files.createDirectories(database());
        Files.createDirectories(root.resolve("links"));
        Files.createDirectories(changes());
    }

    void deleteRestored() throws IOException {
        delete(root.resolve("restore"));
    }

    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Removes a folder with all that is in it; fine when there is none. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

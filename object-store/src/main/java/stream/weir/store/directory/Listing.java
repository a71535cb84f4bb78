package stream.weir.store.directory;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import stream.weir.store.ObjectStore.ObjectInfo;

/** Walks a directory for objects; whatever begins with a dot is none. Files that vanish meanwhile are left out. */
final class Listing extends SimpleFileVisitor<Path> {
    private final Path root;
    private final Path start;
    private final String prefix;
    private final List<ObjectInfo> found = new ArrayList<>();

    private Listing(Path root, Path start, String prefix) {
        this.root = root;
        this.start = start;
        this.prefix = prefix;
    }

    static List<ObjectInfo> of(Path root, Path start, String prefix) throws IOException {
        if (!Files.isDirectory(start)) {
            return List.of();
        }
        Listing listing = new Listing(root, start, prefix);
        Files.walkFileTree(start, listing);
        listing.found.sort(Comparator.comparing(ObjectInfo::name));
        return List.copyOf(listing.found);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
        if (directory.equals(start)) {
            return FileVisitResult.CONTINUE;
        }
        String name = nameOf(directory) + "/";
        boolean mayHold = !isHidden(directory) && (name.startsWith(prefix) || prefix.startsWith(name));
        return mayHold ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = nameOf(file);
        if (!isHidden(file) && attributes.isRegularFile() && name.startsWith(prefix)) {
            found.add(new ObjectInfo(
                    name, attributes.size(), attributes.lastModifiedTime().toMillis()));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    private String nameOf(Path path) {
        return root.relativize(path).toString().replace('\\', '/');
    }

    private static boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }
}

package stream.weir.connector.files;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import stream.weir.connector.format.input.FileStore;
import stream.weir.connector.format.input.FoundFile;
import stream.weir.connector.format.input.RawFile;
import stream.weir.connector.format.input.UnreadableFileException;

/** Finds the files that a path stands for: itself, those directly in a folder, or those that match a glob. */
final class Discovery implements FileStore {
    private static final String GLOB_CHARACTERS = "*?[{";

    private final Path given;
    private final Path folder;
    private final PathMatcher matcher;
    private final int depth;
    private final Hidden hidden;

    /** What becomes of names that begin with a dot or an underscore. */
    private enum Hidden {
        /** Somebody has asked for that very file. */
        READ,
        LEFT_OUT
    }

    private Discovery(Path given, Path folder, PathMatcher matcher, int depth, Hidden hidden) {
        this.given = given;
        this.folder = folder;
        this.matcher = matcher;
        this.depth = depth;
        this.hidden = hidden;
    }

    /**
     * @throws UnreadableFileException when the path, or the folder a glob starts from, does not exist
     */
    static Discovery of(Path path) throws UnreadableFileException {
        Path absolute = path.toAbsolutePath().normalize();
        if (Files.isRegularFile(absolute)) {
            Path name = absolute.getFileName();
            return new Discovery(path, absolute.resolveSibling(""), name::equals, 1, Hidden.READ);
        }
        if (Files.isDirectory(absolute)) {
            return new Discovery(path, absolute, file -> true, 1, Hidden.LEFT_OUT);
        }
        if (!isGlob(absolute.toString())) {
            throw new UnreadableFileException("cannot read " + absolute + ": there is no such file or folder");
        }
        return glob(path, absolute);
    }

    private static Discovery glob(Path path, Path absolute) throws UnreadableFileException {
        Path folder = absolute.getRoot();
        int fixed = plainNames(absolute);
        for (int i = 0; i < fixed; i++) {
            folder = folder.resolve(absolute.getName(i));
        }
        if (!Files.isDirectory(folder)) {
            throw new UnreadableFileException(
                    "cannot read " + absolute + ": the folder " + folder + ", where the glob starts, does not exist");
        }
        Path pattern = absolute.subpath(fixed, absolute.getNameCount());
        int depth = pattern.toString().contains("**") ? Integer.MAX_VALUE : pattern.getNameCount();
        return new Discovery(
                path, folder, FileSystems.getDefault().getPathMatcher("glob:" + pattern), depth, Hidden.LEFT_OUT);
    }

    /** How many names at the beginning of a glob are plain. */
    private static int plainNames(Path glob) {
        int count = 0;
        while (!isGlob(glob.getName(count).toString())) {
            count++;
        }
        return count;
    }

    private static boolean isGlob(String text) {
        return text.chars().anyMatch(c -> GLOB_CHARACTERS.indexOf(c) >= 0);
    }

    @Override
    public List<FoundFile> list() throws IOException {
        List<FoundFile> found = new ArrayList<>();
        Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                return path.equals(folder) || isVisible(path) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                Path relative = folder.relativize(path);
                if (attributes.isRegularFile() && isVisible(path) && matcher.matches(relative)) {
                    found.add(new FoundFile(
                            relative.toString().replace('\\', '/'),
                            attributes.lastModifiedTime().toMillis()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) throws IOException {
                boolean gone = e instanceof NoSuchFileException && !path.equals(folder);
                // A link to a folder above it shows nothing that is not found there.
                if (gone || e instanceof FileSystemLoopException) {
                    return FileVisitResult.CONTINUE;
                }
                throw new UnreadableFileException("cannot look for files in " + path + ": " + e, e);
            }
        });
        found.sort(Comparator.comparing(FoundFile::name));
        return found;
    }

    @Override
    public RawFile open(String name) throws IOException {
        return LocalFile.open(folder.resolve(name));
    }

    @Override
    public String shown(String name) {
        return folder.resolve(name).toString();
    }

    @Override
    public String location() {
        return given.toString();
    }

    private boolean isVisible(Path path) {
        String name = path.getFileName().toString();
        return hidden == Hidden.READ || !name.startsWith(".") && !name.startsWith("_");
    }
}

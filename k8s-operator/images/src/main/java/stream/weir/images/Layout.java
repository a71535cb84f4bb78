package stream.weir.images;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An application's files as they will be in the image, below a folder of this machine. RocksDB's native library lies beside the
 * jars, for one platform only, instead of for fifteen inside of a jar: it need not be unpacked at each start, and the image is 80 MB
 * smaller.
 *
 * @param home the folder that becomes {@code /app}
 */
record Layout(Path home) {
    /** The time of all files: the AOT cache is bound to them. */
    static final Instant FILE_TIME = Instant.ofEpochSecond(1);

    private static final String ROCKSDB = "org.rocksdb.rocksdbjni-";
    private static final String LIBRARY = "librocksdbjni";

    /** @param platform its name in RocksDB's jar, {@code linux64} */
    static Layout of(Application application, Path home, String platform) throws IOException {
        deleteAll(home);
        copy(application.folder(), home);
        Layout layout = new Layout(home);
        layout.takeOutNativeLibrary(platform);
        Sbom.of(application.name(), home).write(home);
        layout.setFileTimes();
        return layout;
    }

    Path cache() {
        return home.resolve(JavaCommand.CACHE);
    }

    private void takeOutNativeLibrary(String platform) throws IOException {
        Path libraries = home.resolve("lib/main");
        if (!Files.isDirectory(libraries)) {
            return;
        }
        try (Stream<Path> jars = Files.list(libraries)) {
            for (Path jar : jars.filter(each -> each.getFileName().toString().startsWith(ROCKSDB))
                    .toList()) {
                slim(jar, platform);
            }
        }
    }

    private void slim(Path jar, String platform) throws IOException {
        Path slim = jar.resolveSibling("slim.tmp");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(slim))) {
            for (ZipEntry entry : from.stream().toList()) {
                if (!entry.getName().startsWith(LIBRARY)) {
                    ZipEntry copied = new ZipEntry(entry.getName());
                    copied.setTime(FILE_TIME.toEpochMilli());
                    to.putNextEntry(copied);
                    copyEntry(from, entry, to);
                }
            }
            ZipEntry library = from.getEntry(LIBRARY + "-" + platform + ".so");
            if (library == null) {
                throw new IOException(jar + " has no native library for " + platform);
            }
            Path folder = Files.createDirectories(home.resolve(JavaCommand.NATIVE));
            try (OutputStream file = Files.newOutputStream(folder.resolve(LIBRARY + ".so"))) {
                copyEntry(from, library, file);
            }
        }
        Files.delete(jar);
        Files.move(slim, jar);
    }

    private static void copyEntry(ZipFile from, ZipEntry entry, OutputStream to) throws IOException {
        try (InputStream in = from.getInputStream(entry)) {
            in.transferTo(to);
        }
    }

    private void setFileTimes() throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, FileTime.from(FILE_TIME));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path copied = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(copied);
                } else {
                    Files.copy(each, copied);
                }
            }
        }
    }

    static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException error) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

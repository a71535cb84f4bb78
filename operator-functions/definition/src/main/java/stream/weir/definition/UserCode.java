package stream.weir.definition;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/** Functions and connectors in jars beside the class path. */
public final class UserCode {
    private static final String JAR = ".jar";

    private UserCode() {}

    /**
     * A class loader for the process's own classes and those in {@code places}; for the life of the process. Where a class is on
     * both sides, the process's own counts.
     *
     * @param places jars, and folders whose jars count, in the order of their names; a folder without any is taken for one of classes
     * @throws IOException with the place, when it is not there or is no jar
     */
    public static ClassLoader in(List<Path> places, ClassLoader own) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (Path place : places) {
            for (Path jar : jars(place)) {
                urls.add(jar.toUri().toURL());
            }
        }
        return urls.isEmpty() ? own : new URLClassLoader("user code", urls.toArray(URL[]::new), own);
    }

    private static List<Path> jars(Path place) throws IOException {
        if (!Files.exists(place)) {
            throw new IOException("there is no " + place.toAbsolutePath()
                    + ", where functions and connectors were said to be: give a jar, or a folder of jars");
        }
        if (!Files.isDirectory(place)) {
            return List.of(readable(place));
        }
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.filter(UserCode::isJar).sorted().toList()) {
                found.add(readable(file));
            }
        }
        return found.isEmpty() ? List.of(place) : found;
    }

    private static boolean isJar(Path file) {
        return file.toString().endsWith(JAR) && Files.isRegularFile(file);
    }

    /** A class loader would pass over a broken jar in silence. */
    private static Path readable(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile())) {
            return jar;
        } catch (ZipException e) {
            throw new IOException(jar.toAbsolutePath() + " is not a jar: " + e.getMessage(), e);
        }
    }
}

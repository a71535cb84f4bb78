package stream.weir.images;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is in an image, and how it is started: the same bytes for the same files. */
final class ServiceImage {
    /** Not root, and a number, so that a cluster can see that without looking into the image. */
    static final String USER = "10001:10001";

    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");

    private ServiceImage() {}

    static JibContainerBuilder of(
            JibContainerBuilder image, Application application, Layout layout, String architecture) throws IOException {
        // What changes least comes first, so that a new build moves few bytes.
        add(image, "libraries", layout, path -> isBelow(path, "lib") && !isOurs(path));
        add(image, "native", layout, path -> isBelow(path, JavaCommand.NATIVE));
        add(image, "application", layout, path -> isOurs(path) || isBelow(path, "app", "quarkus") || isPlainFile(path));
        add(image, "aot", layout, path -> path.equals(Path.of(JavaCommand.CACHE)));
        return image.setPlatforms(Set.of(new Platform(architecture, "linux")))
                .setFormat(ImageFormat.OCI)
                .setCreationTime(Instant.EPOCH)
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(JavaCommand.HOME))
                .setEntrypoint(JavaCommand.entryPoint())
                .setExposedPorts(
                        application.role().ports().stream().map(Port::tcp).collect(Collectors.toSet()))
                .setLabels(Map.of(
                        "org.opencontainers.image.title",
                        application.name(),
                        "org.opencontainers.image.licenses",
                        "Apache-2.0"));
    }

    private interface Choice {
        boolean takes(Path path);
    }

    private static void add(JibContainerBuilder image, String name, Layout layout, Choice choice) throws IOException {
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder().setName(name);
        try (Stream<Path> files =
                Files.walk(layout.home()).filter(Files::isRegularFile).sorted()) {
            for (Path file : files.toList()) {
                Path relative = layout.home().relativize(file);
                if (choice.takes(relative)) {
                    AbsoluteUnixPath there = AbsoluteUnixPath.get(JavaCommand.HOME + "/" + relative);
                    layer.addEntry(file, there, FILE, Layout.FILE_TIME);
                }
            }
        }
        FileEntriesLayer built = layer.build();
        if (!built.getEntries().isEmpty()) {
            image.addFileEntriesLayer(built);
        }
    }

    private static boolean isBelow(Path path, String... folders) {
        return path.getNameCount() > 1
                && Stream.of(folders).anyMatch(path.getName(0).toString()::equals);
    }

    private static boolean isOurs(Path path) {
        return path.getFileName().toString().startsWith("stream.weir.");
    }

    private static boolean isPlainFile(Path path) {
        return path.getNameCount() == 1 && !path.toString().equals(JavaCommand.CACHE);
    }
}

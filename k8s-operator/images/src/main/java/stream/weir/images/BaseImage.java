package stream.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of the base image on this machine, so that its own Java can be run: an AOT cache is good for no other.
 *
 * @param root folder of the image's files
 * @param java its Java runtime, {@code bin/java} is below; empty when this machine cannot run it
 */
record BaseImage(Path root, Optional<Path> java) {
    private static final Pattern JAVA_HOME = Pattern.compile("\"JAVA_HOME=([^\"]+)\"");
    private static final Pattern LAYER = Pattern.compile("\"([0-9a-f]{64}\\.tar\\.gz)\"");
    private static final int MOST_LINKS = 10;

    /** @param saved as {@code docker save} writes it */
    static BaseImage unpack(Path saved, Path folder) throws IOException, ImageFailedException {
        Layout.deleteAll(folder);
        Path layers = Files.createDirectories(folder.resolve("layers"));
        Path root = Files.createDirectories(folder.resolve("root"));
        Program.run(List.of("tar", "-xf", saved.toString(), "-C", layers.toString()));
        String manifest = Files.readString(layers.resolve("manifest.json"));
        Matcher layer = LAYER.matcher(manifest);
        while (layer.find()) {
            Program.run(List.of(
                    "tar",
                    "-xzf",
                    layers.resolve(layer.group(1)).toString(),
                    "-C",
                    root.toString(),
                    "--no-same-owner",
                    "--exclude=.wh.*",
                    "--exclude=dev/*",
                    "--exclude=./dev/*"));
        }
        return new BaseImage(root, java(root, Files.readString(layers.resolve("config.json"))));
    }

    private static Optional<Path> java(Path root, String config) throws IOException {
        List<String> homes = new ArrayList<>();
        JAVA_HOME.matcher(config).results().forEach(found -> homes.add(found.group(1)));
        homes.addAll(List.of("/opt/java/openjdk", "/usr/lib/jvm/default-java", "/usr/lib/jvm/jre"));
        for (String home : homes) {
            Path folder = inside(root, home);
            if (Files.isExecutable(folder.resolve("bin/java")) && Program.succeeds(version(folder))) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static List<String> version(Path home) {
        return List.of(home.resolve("bin/java").toString(), "-version");
    }

    /** The folder that a path of the image means on this machine, with links followed inside of the image. */
    private static Path inside(Path root, String path) throws IOException {
        Path folder = root.resolve(path.substring(1));
        for (int links = 0; Files.isSymbolicLink(folder) && links < MOST_LINKS; links++) {
            Path target = Files.readSymbolicLink(folder);
            folder = target.isAbsolute()
                    ? root.resolve(target.toString().substring(1))
                    : folder.resolveSibling(target).normalize();
        }
        return folder;
    }

    /** Version of the Java runtime as its {@code release} file tells it. */
    String javaVersion() throws IOException {
        if (java.isEmpty()) {
            return "none";
        }
        try (Stream<String> lines = Files.lines(java.get().resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_RUNTIME_VERSION="))
                    .map(line -> line.replaceAll("[^=]*=\"?([^\"]*)\"?", "$1"))
                    .findFirst()
                    .orElse("unknown");
        }
    }
}

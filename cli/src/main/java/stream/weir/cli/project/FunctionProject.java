package stream.weir.cli.project;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A project with a function, its test and a pipeline, made of the example in {@code examples/java-function}, which the build of the
 * command puts beside its classes: so it is what is built and tested here.
 *
 * @param artifact name of the project
 * @param group of the project, to Maven
 * @param packageName of its classes
 * @param repository where Maven finds Weir's own artifacts; a URI
 */
public record FunctionProject(String artifact, String group, String packageName, String repository) {
    private static final String TEMPLATE = "project/";
    private static final String EXAMPLE_PACKAGE = "stream.weir.examples.streak";
    private static final List<String> TEXTS = List.of(".java", ".yaml", ".md", ".xml", "FunctionFactory");

    /**
     * Writes the project.
     *
     * @param folder is made; nothing in it is overwritten
     * @return what was written, relative to the folder
     * @throws IOException also when the folder is there and not empty
     */
    public List<Path> writeTo(Path folder) throws IOException {
        refuseUnlessEmpty(folder);
        URL template = FunctionProject.class.getClassLoader().getResource(TEMPLATE + "pom.xml");
        if (template == null) {
            throw new IOException("this build of the command has no project in it: build it with Maven");
        }
        try {
            URI uri = template.toURI();
            if (!"jar".equals(uri.getScheme())) {
                return copy(Path.of(uri).resolveSibling(""), folder);
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return copy(jar.getPath(TEMPLATE), folder);
            }
        } catch (URISyntaxException e) {
            throw new IOException("cannot find the project's template at " + template, e);
        }
    }

    private static void refuseUnlessEmpty(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> there = Files.list(folder)) {
                if (there.findAny().isPresent()) {
                    throw new IOException(folder + " is there and not empty: nothing in it was touched");
                }
            }
        }
    }

    private List<Path> copy(Path template, Path folder) throws IOException {
        List<Path> written = new ArrayList<>();
        List<Path> files;
        try (Stream<Path> all = Files.walk(template)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            Path relative = Path.of(place(template.relativize(file).toString()));
            Path target = folder.resolve(relative);
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (InputStream in = Files.newInputStream(file)) {
                Files.write(target, content(file.getFileName().toString(), in.readAllBytes()));
            }
            written.add(relative);
        }
        return List.copyOf(written);
    }

    private String place(String path) {
        return path.replace(EXAMPLE_PACKAGE.replace('.', '/'), packageName.replace('.', '/'));
    }

    private byte[] content(String name, byte[] bytes) {
        if (TEXTS.stream().noneMatch(name::endsWith)) {
            return bytes;
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .replace(EXAMPLE_PACKAGE, packageName)
                .replace("mvn -pl examples/java-function -am -DskipTests package", "mvn package")
                .replace("examples/java-function/", "")
                .replace("../../deploy/samples/flight-delays/data/", "data/")
                .replace("%group%", group)
                .replace("%artifact%", artifact)
                .replace("%repository%", repository)
                .getBytes(StandardCharsets.UTF_8);
    }
}

package stream.weir.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The documents of a repository as pages. */
public final class Site {
    private static final String INDEX = "docs/README.md";
    private static final List<String> ALSO =
            List.of("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "DEPENDENCIES.md", "STYLE.md");
    private static final List<String> FOLDERS = List.of("docs", "examples", "deploy/samples");

    private final Path root;

    /** @param root of the repository */
    public Site(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Writes all pages, and what they link.
     *
     * @param target made where it is not there
     * @return how many pages
     */
    public int write(Path target) throws IOException {
        List<Path> documents = documents();
        Pages pages = new Pages(root, Set.copyOf(documents));
        Navigation navigation = Navigation.of(pages, root.resolve(INDEX));
        Set<Path> linked = new LinkedHashSet<>();
        for (Path document : documents) {
            Page page = pages.page(document);
            linked.addAll(page.linked());
            Path file = target.resolve(pages.placeOf(document));
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, layout(pages, document, page, navigation));
        }
        for (Path file : linked) {
            Path copy = target.resolve(root.relativize(file).toString());
            Files.createDirectories(copy.toAbsolutePath().getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(target.resolve("site.css"), resource("site.css"));
        return documents.size();
    }

    private String layout(Pages pages, Path document, Page page, Navigation navigation) throws IOException {
        String up = "../".repeat(pages.placeOf(document).getNameCount() - 1);
        return resource("page.html")
                .replace("@title@", Html.escaped(page.title()))
                .replace("@up@", up)
                .replace("@navigation@", navigation.html(document, up))
                .replace("@body@", page.body());
    }

    private List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String name : ALSO) {
            Path file = root.resolve(name);
            if (Files.exists(file)) {
                all.add(file);
            }
        }
        for (String folder : FOLDERS) {
            if (!Files.isDirectory(root.resolve(folder))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .filter(file -> !file.toString().contains("/target/"))
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Site.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("there is no " + name + " beside " + Site.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

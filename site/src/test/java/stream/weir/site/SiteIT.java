package stream.weir.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site that is made of this repository's documents. */
final class SiteIT {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)=\"([^\"]*)\"");

    @TempDir
    private static Path site;

    @BeforeAll
    static void write() throws IOException {
        assertThat(new Site(ROOT).write(site)).isGreaterThan(40);
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(site)) {
            return files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> references(Path page) throws IOException {
        return REFERENCE
                .matcher(Files.readString(page))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Test
    void when_a_page_links_something_of_the_site_then_it_is_there_with_its_anchor() throws Exception {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (String reference : references(page)) {
                if (!reference.contains("://") && !isThere(page, reference)) {
                    broken.add(site.relativize(page) + ": " + reference);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static boolean isThere(Path page, String reference) throws IOException {
        int hash = reference.indexOf('#');
        String path = hash < 0 ? reference : reference.substring(0, hash);
        String anchor = hash < 0 ? "" : reference.substring(hash + 1);
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        return Files.isRegularFile(file)
                && (anchor.isEmpty() || Files.readString(file).contains("id=\"" + anchor + "\""));
    }

    @Test
    void when_a_page_is_shown_then_nothing_is_fetched_from_elsewhere() throws Exception {
        for (Path page : pages()) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .doesNotContain("src=\"http")
                    .doesNotContain("<script")
                    .contains("<title>")
                    .contains("<h1");
        }
    }

    @Test
    void when_there_is_a_document_then_the_contents_list_it() throws Exception {
        // given
        String index = Files.readString(site.resolve("docs/README.html"));
        // when
        List<String> missing = new ArrayList<>();
        try (Stream<Path> documents = Files.walk(ROOT.resolve("docs"))) {
            documents
                    .filter(file -> file.toString().endsWith(".md"))
                    .map(file -> ROOT.resolve("docs").relativize(file).toString())
                    .filter(name -> !name.equals("README.md"))
                    .filter(name -> !index.contains(name.replaceFirst("\\.md$", ".html")))
                    .forEach(missing::add);
        }
        // then
        assertThat(missing).isEmpty();
    }
}

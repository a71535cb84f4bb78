package stream.weir.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that is committed is the one that its sources make. */
class BundleTest {
    private static final Path MODULE =
            Path.of(System.getProperty("weir.root", "..")).resolve("console").toAbsolutePath();
    private static final Path SOURCES = MODULE.resolve("src/main/web");
    private static final Path BUNDLE = MODULE.resolve("src/main/resources/stream/weir/console/web");

    @Test
    void when_sources_have_changed_then_the_bundle_was_made_anew() throws Exception {
        assertThat(Files.readString(BUNDLE.resolve("sources.sha256")).strip())
                .as("the page's sources have changed since it was bundled: run console/build-page")
                .isEqualTo(hash());
    }

    @Test
    void when_the_bundle_is_made_anew_then_it_is_the_same() throws Exception {
        // given
        Path target = Files.createDirectories(MODULE.resolve("target"));
        Path again = target.resolve("bundle-again");
        Process build = new ProcessBuilder(MODULE.resolve("build-page").toString(), again.toString())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("build-page.log").toFile())
                .start();
        boolean ended = build.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            build.destroyForcibly();
        }
        boolean built = ended && build.exitValue() == 0;
        String said = Files.readString(target.resolve("build-page.log"));
        assumeTrue(built || said.contains("error TS"), "no Node.js with npm, or no registry, to bundle with: " + said);
        // then
        assertThat(built).as(said).isTrue();
        for (String name : List.of("console.js", "console.css", "index.html", "favicon.svg", "sources.sha256")) {
            assertThat(Files.readString(again.resolve(name)))
                    .as(name)
                    .isEqualTo(Files.readString(BUNDLE.resolve(name)));
        }
    }

    @Test
    void when_the_page_is_read_then_it_names_no_other_host_and_has_nothing_inline() throws IOException {
        String page = Files.readString(BUNDLE.resolve("index.html"));
        assertThat(page).doesNotContain("://").doesNotContain("style=").doesNotContain("<style");
        assertThat(page.replace("<script type=\"module\" src=\"console.js\"></script>", ""))
                .doesNotContain("<script");
        assertThat(Files.readString(BUNDLE.resolve("console.css"))).doesNotContain("url(");
    }

    /** As build.mjs does. */
    private static String hash() throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Stream<Path> all = Files.walk(SOURCES)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList()) {
                digest.update((name(file) + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(Files.readAllBytes(file));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String name(Path file) {
        return SOURCES.relativize(file).toString().replace('\\', '/');
    }
}

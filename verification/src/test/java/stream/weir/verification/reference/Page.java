package stream.weir.verification.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page whose part from a mark on is made; {@code -Dweir.golden=write} writes it. */
record Page(Path file) {
    static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();

    private static final String MARK = "<!-- From here on made from the code by ";

    static Page of(String name) {
        return new Page(ROOT.resolve("docs/reference").resolve(name));
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /** Fails unless this follows the mark. */
    void assertMade(String expected) throws IOException {
        String written = text();
        int mark = written.indexOf('\n', written.indexOf(MARK)) + 1;
        assertThat(written).contains(MARK);
        String whole = written.substring(0, mark) + expected;
        if ("write".equals(System.getProperty("weir.golden"))) {
            Files.writeString(file, whole);
        }
        assertThat(text())
                .as("%s is not what the code says: run this test with -Dweir.golden=write", file)
                .isEqualTo(whole);
    }

    static String source(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }

    /** A comment as a cell of a table. */
    static String cell(String comment) {
        return comment.replaceAll("\\s*\\n\\s*\\* ?", " ")
                .replaceAll("\\{@(?:code|link) #?([^}]*)}", "`$1`")
                .replace("|", "\\|")
                .strip();
    }
}

package stream.weir.kubernetes.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The files in {@code deploy/crds}, and the page about them, are those that the classes give. To write them again after a change of the classes:
 * {@code mvn -pl k8s-operator/resources test -Dtest=CrdFilesTest -Dweir.crds=write}.
 */
final class CrdFilesTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("weir.root", "../..")).resolve("deploy/crds");
    private static final int MOST_LINES = 1500;

    private final Map<String, String> generated = Crds.generated();

    @Test
    void when_the_classes_are_made_into_crds_then_the_files_are_the_same() throws IOException {
        if ("write".equals(System.getProperty("weir.crds"))) {
            Files.createDirectories(FOLDER);
            for (Map.Entry<String, String> file : generated.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        }
        assertThat(generated).hasSize(Crds.KINDS.size());
        for (Map.Entry<String, String> file : generated.entrySet()) {
            assertThat(FOLDER.resolve(file.getKey())).content().isEqualTo(file.getValue());
        }
    }

    @Test
    void when_the_crds_are_made_into_a_page_then_it_is_the_one_in_the_documentation() throws IOException {
        Path page = FOLDER.resolve("../../docs/reference/kubernetes-fields.md");
        String expected = FieldReference.of(generated.values());
        if ("write".equals(System.getProperty("weir.crds"))) {
            Files.writeString(page, expected);
        }
        assertThat(page).content().isEqualTo(expected);
    }

    @Test
    void when_a_crd_is_counted_then_it_stays_readable() {
        assertThat(generated)
                .allSatisfy((name, content) ->
                        assertThat(content.lines().count()).as(name).isLessThanOrEqualTo(MOST_LINES));
    }
}

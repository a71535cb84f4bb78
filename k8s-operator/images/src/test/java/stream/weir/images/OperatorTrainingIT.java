package stream.weir.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.images.Application.Role;

/** The training run with a program in the operator's place, which asks as it does. */
@Timeout(600)
final class OperatorTrainingIT {
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path folder;

    @Test
    void when_the_operator_has_been_ready_for_a_while_then_it_is_ended_and_its_cache_is_made() throws Exception {
        // given
        Layout operator = operator("leads");
        Path run = folder.resolve("run");
        // when
        new OperatorTraining(JAVA, run).train(operator);
        // then
        assertThat(operator.cache()).isNotEmptyFile();
        assertThat(run.resolve("operator.recorded")).doesNotExist();
        assertThat(run.resolve("operator.log"))
                .content()
                .contains("training/training is a pipeline", "its lease is written: 201", "and is there: 200");
    }

    @Test
    void when_the_operator_ends_by_itself_then_the_training_fails_and_tells_what_it_said() throws Exception {
        // given
        Layout operator = operator("gives up");
        // when
        OperatorTraining training = new OperatorTraining(JAVA, folder.resolve("run"));
        // then
        assertThatThrownBy(() -> training.train(operator))
                .isInstanceOf(ImageFailedException.class)
                .hasMessageContaining("--no-aot leaves it out")
                .hasMessageContaining("no operator today");
        assertThat(operator.cache()).doesNotExist();
    }

    /** @param how as {@link PlayedOperator} knows it */
    private Layout operator(String how) throws IOException {
        Path built = Files.createDirectories(folder.resolve("built"));
        Files.createDirectories(built.resolve("lib/main"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, PlayedOperator.class.getName());
        try (JarOutputStream jar =
                new JarOutputStream(Files.newOutputStream(built.resolve("quarkus-run.jar")), manifest)) {
            String name = PlayedOperator.class.getName().replace('.', '/') + ".class";
            jar.putNextEntry(new JarEntry(name));
            try (InputStream code = PlayedOperator.class.getClassLoader().getResourceAsStream(name)) {
                assertThat(code).isNotNull();
                code.transferTo(jar);
            }
            jar.closeEntry();
            jar.putNextEntry(new JarEntry("how"));
            jar.write(how.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return Layout.of(new Application("weir-operator", Role.OPERATOR, built), folder.resolve("app"), "linux64");
    }
}

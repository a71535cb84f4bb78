package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.connector.FunctionFactory;
import stream.weir.definition.compile.Extensions;

class UserCodeTest {
    private static final ClassLoader OWN = UserCodeTest.class.getClassLoader();

    @TempDir
    private Path folder;

    private Path jar(String name, String entry, String content) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(content.getBytes());
        }
        return jar;
    }

    @Test
    void when_there_are_no_places_then_the_process_has_its_own_classes_alone() throws IOException {
        assertThat(UserCode.in(List.of(), OWN)).isSameAs(OWN);
    }

    @Test
    void when_a_folder_has_jars_then_all_of_them_count() throws IOException {
        jar("a.jar", "a.txt", "a");
        jar("b.jar", "b.txt", "b");

        ClassLoader code = UserCode.in(List.of(folder), OWN);

        assertThat(code.getResource("a.txt")).isNotNull();
        assertThat(code.getResource("b.txt")).isNotNull();
    }

    @Test
    void when_a_place_is_not_there_then_it_is_named() {
        assertThatThrownBy(() -> UserCode.in(List.of(folder.resolve("nowhere.jar")), OWN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("there is no " + folder.resolve("nowhere.jar"));
    }

    @Test
    void when_a_jar_is_broken_then_it_is_named() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "not a jar");

        assertThatThrownBy(() -> UserCode.in(List.of(folder), OWN))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(broken + " is not a jar");
    }

    @Test
    void when_an_announced_function_is_missing_then_the_message_says_which() throws IOException {
        jar("a.jar", "META-INF/services/" + FunctionFactory.class.getName(), "com.example.Missing");

        assertThatThrownBy(() -> Extensions.in(UserCode.in(List.of(folder), OWN)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("com.example.Missing");
    }
}

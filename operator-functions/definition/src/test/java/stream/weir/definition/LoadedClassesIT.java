package stream.weir.definition;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Which classes a process of its own loads for a pipeline: CEL's and those of its libraries cost some 7 MiB of memory. */
final class LoadedClassesIT {
    private static final Pattern OF_CEL = Pattern.compile(" (dev\\.cel|cel|com\\.google|org\\.antlr)\\.");

    @Test
    void when_all_expressions_are_simple_then_nothing_of_cel_is_loaded() throws Exception {
        assertThat(process("price > 0.0 && (customer != null || -id % 7 == 0 ? at == at : customer + 'a' < 'b')"))
                .containsExactly("Loaded");
    }

    @Test
    void when_an_expression_calls_a_function_then_cel_is_there() throws Exception {
        assertThat(process("size(customer) > 0")).contains("Loaded").hasSizeGreaterThan(500);
    }

    /** What a process says in which this is a pipeline's filter, and which classes of CEL and its libraries it loaded. */
    private static List<String> process(String filter) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Compiles.class.getName(),
                        filter)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(UTF_8)) {
            return said.lines()
                    .filter(line -> !line.contains("[class,load]")
                            || OF_CEL.matcher(line).find())
                    .toList();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** What the process runs. */
    static final class Compiles {
        private Compiles() {}

        public static void main(String[] args) {
            String text = PipelineText.SOUND.replace("price > 0.0", '"' + args[0] + '"');
            System.out.println(PipelineText.load(text).getClass().getSimpleName());
        }
    }
}

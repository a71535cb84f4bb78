package stream.weir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tutorials and examples do what they say. A block with a file's name is that file, a block {@code sh} is run, and the block
 * {@code text} behind it has parts of its answer. A block {@code rows} with a folder's name has rows that are in its files.
 */
final class TutorialIT {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("```(\\w+) ?(\\S*)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    static Stream<Path> tutorials() throws Exception {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/tutorials"))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("tutorials")
    void when_the_commands_of_a_tutorial_are_run_then_they_answer_as_it_says(Path tutorial) throws Exception {
        List<MatchResult> blocks =
                BLOCK.matcher(Files.readString(tutorial)).results().toList();
        Cli last = new Cli(0, "", "");
        for (MatchResult block : blocks) {
            switch (block.group(1)) {
                case "sh" -> last = run(block.group(3).strip());
                case "text" -> assertAnswer(last, block.group(3));
                case "rows" ->
                    assertThat(rows(folder.resolve(block.group(2))).lines())
                            .containsAll(block.group(3).lines().toList());
                default -> Files.writeString(folder.resolve(block.group(2)), block.group(3));
            }
        }
        assertThat(blocks).isNotEmpty();
    }

    private Cli run(String command) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        assertThat(arguments.removeFirst()).isEqualTo("weir");
        arguments.replaceAll(
                each -> each.endsWith(".yaml") ? folder.resolve(each).toString() : each);
        if (arguments.getFirst().equals("run")) {
            arguments.addAll(1, List.of("--work-dir", folder.resolve("work").toString()));
        }
        Cli answer = Cli.weir(arguments.toArray(String[]::new));
        assertThat(answer.code()).as(command + "\n" + answer.err()).isZero();
        return answer;
    }

    private static void assertAnswer(Cli answer, String parts) {
        assertThat(answer.out()).contains(parts.lines().toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/word-count", "examples/sessions"})
    void when_an_example_is_run_then_it_completes_with_rows(String example) throws Exception {
        // given
        copy(ROOT.resolve(example));
        // when
        Cli run = run("weir run pipeline.yaml");
        // then
        assertThat(run.out()).contains("has completed");
        assertThat(rows(folder.resolve("out").resolve(Path.of(example).getFileName())))
                .contains(example.endsWith("sessions") ? "ann" : "barrier,3");
    }

    private static String rows(Path written) throws Exception {
        StringBuilder rows = new StringBuilder();
        try (Stream<Path> files = Files.walk(written)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                rows.append(Files.readString(file));
            }
        }
        return rows.toString();
    }

    private void copy(Path example) throws Exception {
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = folder.resolve(example.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}

package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pictures in class comments name the states there are, and no others. */
class CheckpointMachineDrawingTest {
    private static final Pattern STATE = Pattern.compile("\\b[A-Z][A-Za-z]+\\b");

    @ParameterizedTest
    @ValueSource(classes = {CheckpointMachine.class, PendingCheckpoint.class})
    void when_drawn_then_the_states_are_the_permitted_ones(Class<?> drawn) throws IOException {
        Class<?> states = drawn == CheckpointMachine.class ? JobState.class : PendingCheckpoint.class;

        assertThat(namesIn(drawing(drawn))).isEqualTo(leaves(states).collect(Collectors.toSet()));
    }

    private static String drawing(Class<?> type) throws IOException {
        String source = Files.readString(Path.of("src/main/java", type.getName().replace('.', '/') + ".java"));
        int start = source.indexOf("<pre>");
        return source.substring(start, source.indexOf("</pre>", start));
    }

    private static Set<String> namesIn(String drawing) {
        return STATE.matcher(drawing).results().map(match -> match.group()).collect(Collectors.toSet());
    }

    private static Stream<String> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(CheckpointMachineDrawingTest::leaves)
                : Stream.of(type.getSimpleName());
    }
}

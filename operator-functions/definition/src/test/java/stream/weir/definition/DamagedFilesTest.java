package stream.weir.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a file, it is loaded or rejected with reasons; nothing is thrown at the user. */
final class DamagedFilesTest {
    private static final int FILES = 120;
    private static final String[] SCRAPS = {
        "{", "}", "[", "]", ": ", "- ", "\"", "null", "-1", "[]", "{}", "&a ", "*a", "!!x ", "\t", "#", "|", "~", "0",
        "''"
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void when_a_file_is_damaged_at_random_then_it_is_loaded_or_rejected(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < FILES; i++) {
            String text = damaged(PipelineText.SOUND, random);
            PipelineFile.Result result = PipelineText.load(text);

            if (result instanceof PipelineFile.Rejected rejected) {
                assertThat(rejected.problems()).as("seed %d\n%s", seed, text).isNotEmpty();
                assertThat(rejected.problems())
                        .allSatisfy(problem -> assertThat(problem.line()).isBetween(1, 40));
            }
        }
    }

    private static String damaged(String text, Random random) {
        String damaged = text;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            damaged = switch (random.nextInt(3)) {
                case 0 -> lines(damaged, random);
                case 1 -> {
                    int at = random.nextInt(damaged.length());
                    yield damaged.substring(0, at) + SCRAPS[random.nextInt(SCRAPS.length)] + damaged.substring(at);
                }
                default -> words(damaged, random);
            };
        }
        return damaged;
    }

    /** Leaves a line out or moves it elsewhere. */
    private static String lines(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        String line = lines.remove(random.nextInt(lines.size()));
        if (random.nextBoolean()) {
            lines.add(random.nextInt(lines.size()), line);
        }
        return String.join("\n", lines) + "\n";
    }

    /** Puts a scrap in the place of a value. */
    private static String words(String text, Random random) {
        String[] words = text.split("(?<=: )|(?=\n)|(?<=- )");
        words[random.nextInt(words.length)] = SCRAPS[random.nextInt(SCRAPS.length)];
        return String.join("", words);
    }
}

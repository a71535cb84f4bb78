package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.runtime.function.TestSteps.deduplicate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import stream.weir.runtime.function.ChainHarness.Mode;

class DeduplicateOperatorTest {
    private static final Optional<Duration> TEN = Optional.of(Duration.ofMillis(10));

    @EachMode
    void when_an_identity_of_a_key_was_seen_before_then_the_record_is_left_out(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, deduplicate(Optional.empty()));
        // when
        chain.send("a", 1L, 0)
                .send("a", 1L, 99)
                .send("b", 1L, 0)
                .send("a", 2L, Long.MIN_VALUE)
                .watermark(1000);
        chain.send("a", 1L, 2000);
        // then
        assertThat(chain.takenTexts()).containsExactly("1@0", "1@0", "2@" + Long.MIN_VALUE);
        assertThat(chain.counted("duplicates")).isEqualTo(2);
    }

    @EachMode
    void when_the_same_is_less_than_the_time_away_then_it_is_left_out(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, deduplicate(TEN));
        // when, then
        assertThat(chain.send("a", 1L, 100).takenTexts()).hasSize(1);
        assertThat(chain.send("a", 1L, 109).takenTexts()).isEmpty();
        assertThat(chain.send("a", 1L, 91).takenTexts()).isEmpty();
        assertThat(chain.send("a", 1L, 110).takenTexts()).hasSize(1);
        assertThat(chain.send("a", 1L, 90).takenTexts()).hasSize(1);
        assertThat(chain.counted("duplicates")).isEqualTo(2);
    }

    @Test
    void when_nothing_near_can_come_any_more_then_the_identity_is_forgotten() {
        // given
        ChainHarness chain = ChainHarness.of(Mode.RESTORING, deduplicate(TEN));
        chain.send("a", 1L, 100);
        // when, then
        assertThat(chain.watermark(117).stateSize()).isEqualTo(1);
        assertThat(chain.watermark(118).stateSize()).isZero();
        assertThat(chain.send("a", 1L, 105).takenTexts()).hasSize(2);
        assertThat(chain.counted("late")).isEqualTo(1);
    }

    @Test
    void when_records_are_not_behind_the_watermark_then_the_result_is_that_of_remembering_all() {
        for (int seed = 0; seed < 100; seed++) {
            // given
            Random random = new Random(seed);
            long within = 1 + random.nextInt(20);
            ChainHarness chain = ChainHarness.of(
                    Mode.PURE.get(random.nextInt(Mode.PURE.size())),
                    deduplicate(Optional.of(Duration.ofMillis(within))));
            List<String> expected = new ArrayList<>();
            List<long[]> through = new ArrayList<>();
            long watermark = -100;
            for (int i = 0; i < 300; i++) {
                // when
                if (random.nextInt(4) == 0) {
                    watermark += random.nextInt(10);
                    chain.watermark(watermark);
                }
                long value = random.nextInt(3);
                long time = watermark + 1 + random.nextInt(60);
                chain.send("a", value, time);
                if (through.stream().noneMatch(each -> each[0] == value && Math.abs(each[1] - time) < within)) {
                    through.add(new long[] {value, time});
                    expected.add(value + "@" + time);
                }
            }
            // then
            assertThat(chain.taken())
                    .as("seed %s", seed)
                    .extracting(Object::toString)
                    .isEqualTo(expected);
            assertThat(chain.end().stateSize()).isZero();
        }
    }
}

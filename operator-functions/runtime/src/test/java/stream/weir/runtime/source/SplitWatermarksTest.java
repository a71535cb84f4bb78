package stream.weir.runtime.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SplitWatermarksTest {
    private static final long NOW = 1_000;

    @Test
    void when_one_split_is_read_then_the_watermark_follows_its_greatest_timestamp() {
        // given
        SplitWatermarks watermarks = new SplitWatermarks(10, 0);
        SplitWatermarks.Split split = watermarks.split("a", NOW);

        // when, then
        assertThat(watermarks.current(NOW)).isEqualTo(Long.MIN_VALUE);
        split.saw(100, NOW);
        assertThat(watermarks.current(NOW)).isEqualTo(89);
        split.saw(50, NOW);
        assertThat(watermarks.current(NOW)).isEqualTo(89);
    }

    @Test
    void when_there_are_several_splits_then_the_slowest_decides_until_it_ends() {
        // given
        SplitWatermarks watermarks = new SplitWatermarks(0, 0);
        SplitWatermarks.Split fast = watermarks.split("fast", NOW);
        SplitWatermarks.Split slow = watermarks.split("slow", NOW);

        // when
        fast.saw(1_000, NOW);
        slow.saw(10, NOW);

        // then
        assertThat(watermarks.current(NOW)).isEqualTo(9);
        slow.end();
        assertThat(watermarks.current(NOW)).isEqualTo(999);
    }

    @Test
    void when_a_split_is_silent_then_it_counts_unless_an_idle_timeout_is_set() {
        // given
        SplitWatermarks strict = new SplitWatermarks(0, 0);
        SplitWatermarks lenient = new SplitWatermarks(0, 100);
        for (SplitWatermarks each : new SplitWatermarks[] {strict, lenient}) {
            each.split("silent", NOW);
            each.split("busy", NOW).saw(500, NOW + 100);
        }

        // when, then
        assertThat(strict.current(NOW + 100)).isEqualTo(Long.MIN_VALUE);
        assertThat(lenient.current(NOW + 99)).isEqualTo(Long.MIN_VALUE);
        assertThat(lenient.current(NOW + 100)).isEqualTo(499);
    }

    @Test
    void when_reading_was_impossible_then_silence_does_not_make_a_split_idle() {
        // given
        SplitWatermarks watermarks = new SplitWatermarks(0, 100);
        watermarks.split("a", NOW);

        // when
        watermarks.resumed(NOW + 150);

        // then
        assertThat(watermarks.isIdle(NOW + 200)).isFalse();
        assertThat(watermarks.isIdle(NOW + 250)).isTrue();
    }

    @Test
    void when_timestamps_are_extreme_then_nothing_wraps_around() {
        // given
        SplitWatermarks watermarks = new SplitWatermarks(24 * 3_600_000, 0);
        SplitWatermarks.Split split = watermarks.split("a", NOW);

        // when, then
        split.saw(Long.MIN_VALUE + 5, NOW);
        assertThat(watermarks.current(NOW)).isEqualTo(Long.MIN_VALUE);
        split.saw(Long.MAX_VALUE, NOW);
        assertThat(watermarks.current(NOW)).isEqualTo(Long.MAX_VALUE - 24 * 3_600_000 - 1);
    }

    @Test
    void when_a_watermark_is_restored_then_it_never_goes_back() {
        // given
        SplitWatermarks watermarks = new SplitWatermarks(0, 0);
        watermarks.restore(700);

        // when
        watermarks.split("a", NOW).saw(100, NOW);

        // then
        assertThat(watermarks.current(NOW)).isEqualTo(700);
    }
}

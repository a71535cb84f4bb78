package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputWatermarksTest {
    @Test
    void when_links_advance_then_the_least_counts_and_never_goes_back() {
        // given
        InputWatermarks watermarks = new InputWatermarks(2);

        // when, then
        assertThat(watermarks.advance(0, 100)).isEqualTo(Long.MIN_VALUE);
        assertThat(watermarks.advance(1, 40)).isEqualTo(40);
        assertThat(watermarks.advance(1, 30)).isEqualTo(40);
        assertThat(watermarks.advance(1, 200)).isEqualTo(100);
    }

    @Test
    void when_a_link_ends_then_it_no_longer_holds_back() {
        // given
        InputWatermarks watermarks = new InputWatermarks(2);
        watermarks.advance(0, 100);

        // when, then
        assertThat(watermarks.ended(1)).isEqualTo(100);
        assertThat(watermarks.ended(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void when_a_link_is_idle_then_it_is_left_out_until_something_comes() {
        // given
        InputWatermarks watermarks = new InputWatermarks(2);
        watermarks.advance(0, 100);

        // when, then
        assertThat(watermarks.idle(1)).isEqualTo(100);
        watermarks.active(1);
        assertThat(watermarks.advance(0, 300)).isEqualTo(100);
        assertThat(watermarks.advance(1, 250)).isEqualTo(250);
    }

    @Test
    void when_one_link_has_ended_and_the_others_are_idle_then_event_time_stays_where_it_is() {
        // given
        InputWatermarks watermarks = new InputWatermarks(2);
        watermarks.advance(0, 100);
        watermarks.advance(1, 100);

        // when, then
        watermarks.ended(0);
        assertThat(watermarks.idle(1)).isEqualTo(100);
        assertThat(watermarks.advance(1, 200)).isEqualTo(200);
        assertThat(watermarks.ended(1)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void when_all_links_are_idle_or_ended_then_the_replica_is_idle() {
        // given
        InputWatermarks watermarks = new InputWatermarks(3);

        // when, then
        watermarks.idle(0);
        assertThat(watermarks.isIdle()).isFalse();
        watermarks.ended(1);
        watermarks.idle(2);
        assertThat(watermarks.isIdle()).isTrue();
        watermarks.ended(0);
        watermarks.ended(2);
        assertThat(watermarks.isIdle()).isFalse();
    }
}

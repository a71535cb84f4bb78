package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CreditWindowTest {
    private static final long MOST = 4 << 20;
    private static final int FRAME = 32 << 10;

    private long now = 1;
    private final CreditWindow window = CreditWindow.following(MOST, () -> now);

    @Test
    void when_the_reader_is_quick_then_the_window_grows_to_what_it_consumes_in_100_ms() {
        // when
        fullFor(100, FRAME);
        // then
        assertThat(window.bytes()).isBetween(100L * FRAME * 9 / 10, 100L * FRAME * 11 / 10);
    }

    @Test
    void when_the_reader_is_very_quick_then_the_window_stays_within_its_bound() {
        // when
        fullFor(100, 10 * FRAME);
        // then
        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void when_the_reader_is_slow_then_the_window_shrinks_to_what_it_consumes_in_100_ms() {
        // given
        fullFor(100, 10 * FRAME);
        // when
        fullFor(400, 2048);
        // then
        assertThat(window.bytes()).isBetween(180L << 10, 220L << 10);
    }

    @Test
    void when_the_reader_hardly_moves_then_there_is_still_room_for_a_few_frames() {
        // when
        fullFor(1000, 10);
        // then
        assertThat(window.bytes()).isEqualTo(CreditWindow.LEAST_BYTES);
    }

    @Test
    void when_the_sender_is_the_slow_one_then_the_window_stays() {
        // given
        fullFor(100, FRAME);
        long before = window.bytes();
        // when
        consumesFor(1000, 100);
        // then
        assertThat(window.bytes()).isEqualTo(before);
    }

    @Test
    void when_a_quick_reader_is_held_up_once_then_it_loses_half_of_its_window_and_has_it_back_soon() {
        // given
        fullFor(100, 10 * FRAME);
        // when
        pass(500);
        window.wasFull();
        window.consumed(FRAME);
        // then
        assertThat(window.bytes()).isEqualTo(MOST / 2);
        // when
        fullFor(40, 10 * FRAME);
        // then
        assertThat(window.bytes()).isEqualTo(MOST);
    }

    @Test
    void when_the_bound_is_less_than_the_least_window_then_it_is_the_window() {
        // given
        CreditWindow small = CreditWindow.following(200, () -> now);
        // when
        small.wasFull();
        pass(1000);
        small.consumed(100);
        // then
        assertThat(small.bytes()).isEqualTo(200);
    }

    /** A link without room. */
    private void fullFor(int millis, int bytesInEach) {
        for (int i = 0; i < millis; i++) {
            window.wasFull();
            consumesFor(1, bytesInEach);
        }
    }

    private void consumesFor(int millis, int bytesInEach) {
        for (int i = 0; i < millis; i++) {
            pass(1);
            window.consumed(bytesInEach);
        }
    }

    private void pass(int millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

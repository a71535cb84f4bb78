package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FreezeAheadTest {
    private final FreezeAhead ahead = new FreezeAhead(100);

    @Test
    void when_there_is_less_than_is_frozen_at_once_then_it_waits() {
        assertThat(ahead.isWorthIt(99)).isFalse();
        assertThat(ahead.isWorthIt(100)).isTrue();
    }

    @Test
    void when_nothing_changes_again_then_each_epoch_freezes_four_times_as_much_ahead() {
        assertThat(frozenOf(2000)).isEqualTo(100);
        assertThat(frozenOf(2000)).isEqualTo(400);
        assertThat(frozenOf(2000)).isEqualTo(1600);
        assertThat(frozenOf(2000)).isEqualTo(2000);
    }

    @Test
    void when_a_quarter_of_what_was_frozen_has_changed_again_then_no_more_of_that_epoch_is_frozen_ahead() {
        frozenOf(2000);
        ahead.frozen(200);

        ahead.vain(50);
        assertThat(ahead.isWorthIt(100)).isTrue();
        ahead.vain(1);
        assertThat(ahead.isWorthIt(100)).isFalse();
    }

    @Test
    void when_an_epoch_froze_in_vain_then_the_next_begins_as_the_first() {
        frozenOf(2000);
        frozenOf(2000);
        ahead.frozen(1600);
        ahead.vain(401);
        ahead.ended();

        assertThat(frozenOf(2000)).isEqualTo(100);
        assertThat(frozenOf(2000)).isEqualTo(400);
    }

    @Test
    void when_little_changes_between_captures_then_no_epoch_shows_that_more_would_go_well() {
        for (int epoch = 0; epoch < 10; epoch++) {
            assertThat(frozenOf(50)).isZero();
        }

        assertThat(frozenOf(2000)).isEqualTo(100);
    }

    /** What is frozen in an epoch of as many bytes, of which none change again. */
    private long frozenOf(long bytes) {
        long frozen = 0;
        for (long written = 100; written <= bytes; written += 100) {
            if (ahead.isWorthIt(100)) {
                ahead.frozen(100);
                frozen += 100;
            }
        }
        ahead.ended();
        return frozen;
    }
}

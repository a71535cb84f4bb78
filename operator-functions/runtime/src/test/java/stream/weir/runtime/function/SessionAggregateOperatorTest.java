package stream.weir.runtime.function;

import static org.assertj.core.api.Assertions.assertThat;
import static stream.weir.runtime.function.TestSteps.session;
import static stream.weir.runtime.function.TestSteps.sumOf;

import stream.weir.runtime.function.ChainHarness.Mode;

class SessionAggregateOperatorTest {
    @EachMode
    void when_records_are_less_than_the_gap_apart_then_they_share_a_session(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(session(10), 0));
        // when
        chain.send("a", 1L, 0).send("a", 2L, 9).send("a", 4L, 19).send("b", 8L, 5);
        // then
        assertThat(chain.watermark(13).takenTexts()).isEmpty();
        assertThat(chain.watermark(18).takenTexts()).containsExactly("a[0,19)=3@18", "b[5,15)=8@14");
        assertThat(chain.end().takenTexts()).containsExactly("a[19,29)=4@28");
        assertThat(chain.stateSize()).isZero();
    }

    @EachMode
    void when_a_record_comes_between_two_sessions_then_they_become_one(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(session(10), 0));
        chain.send("a", 1L, 20).send("a", 2L, 0).send("a", 4L, 10);
        assertThat(chain.stateSize())
                .as("two sessions, in one value, and their times")
                .isEqualTo(4);
        // when
        chain.send("a", 8L, 15).send("a", 16L, 5);
        // then
        assertThat(chain.end().takenTexts()).containsExactly("a[0,30)=31@29");
        assertThat(chain.stateSize()).isZero();
    }

    @EachMode
    void when_a_late_record_changes_a_session_then_it_is_sent_again(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(session(10), 20));
        chain.send("a", 1L, 0).watermark(12);
        assertThat(chain.takenTexts()).containsExactly("a[0,10)=1@9");
        // when, then
        assertThat(chain.send("a", 2L, 1).takenTexts()).containsExactly("a[0,11)=3@10");
        assertThat(chain.send("a", 4L, 8).takenTexts()).as("not over any more").isEmpty();
        assertThat(chain.watermark(17).takenTexts()).containsExactly("a[0,18)=7@17");
        assertThat(chain.watermark(37).send("a", 8L, 5).takenTexts()).isEmpty();
        assertThat(chain.side("late")).hasSize(1);
        assertThat(chain.stateSize()).isZero();
    }

    @EachMode
    void when_a_record_would_begin_a_session_that_is_over_then_it_is_late(Mode mode) {
        // given
        ChainHarness chain = ChainHarness.of(mode, sumOf(session(10), 0));
        chain.send("a", 1L, 30).watermark(25);
        // when
        chain.send("a", 2L, 15).send("a", 4L, 21);
        // then
        assertThat(chain.side("late")).containsExactly(new ChainHarness.Out(2L, 15));
        assertThat(chain.end().takenTexts())
                .as("4 joins a session that is kept")
                .containsExactly("a[21,40)=5@39");
    }
}

package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class OutboundDemandTest {
    private final OutboundDemand demand = new OutboundDemand();
    private final Asked first = new Asked();

    @Test
    void when_it_starts_then_a_window_of_messages_may_come() {
        demand.start(first);

        assertThat(first.requested).isEqualTo(256);
    }

    @Test
    void when_messages_are_handed_on_then_as_many_may_come_again_half_a_window_at_a_time() {
        // given
        demand.start(first);
        // when
        handOn(127);
        // then
        assertThat(first.requested).isEqualTo(256);
        // when
        handOn(1);
        // then
        assertThat(first.requested).isEqualTo(256 + 128);
        // when
        handOn(128 * 9);
        // then
        assertThat(first.requested).isEqualTo(256 + 128 * 10);
    }

    @Test
    void when_another_subscription_comes_then_it_is_cancelled_and_the_first_stays() {
        // given
        demand.start(first);
        Asked second = new Asked();
        // when
        demand.start(second);
        handOn(128);
        // then
        assertThat(second.cancelled).isTrue();
        assertThat(second.requested).isZero();
        assertThat(first.requested).isEqualTo(256 + 128);
    }

    private void handOn(int messages) {
        for (int i = 0; i < messages; i++) {
            demand.handedOn();
        }
    }

    private static final class Asked implements Flow.Subscription {
        private long requested;
        private boolean cancelled;

        @Override
        public void request(long count) {
            requested += count;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}

package stream.weir.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import stream.weir.network.KeepAlive.Verdict;

/** A ping each 1000 ns, dead after 3000 ns. */
final class KeepAliveTest {
    private final KeepAlive keepAlive = KeepAlive.begin(
            NetworkSettings.defaults().withKeepAlive(Duration.ofNanos(1_000), Duration.ofNanos(3_000)), 0);

    @Test
    void when_nothing_is_heard_then_the_peer_is_pinged_and_dead_exactly_at_the_timeout() {
        assertThat(wakeInTime()).isEqualTo(Verdict.PING);
        assertThat(wakeInTime()).isEqualTo(Verdict.PING);
        assertThat(keepAlive.nextWake()).isEqualTo(3_000);
        assertThat(wakeInTime()).isEqualTo(Verdict.DEAD);
    }

    @Test
    void when_something_is_heard_then_no_ping_is_needed_and_the_timeout_begins_anew() {
        keepAlive.heard(900);

        assertThat(wakeInTime()).isEqualTo(Verdict.ALIVE);
        assertThat(keepAlive.nextWake()).isEqualTo(1_900);
        assertThat(wakeInTime()).isEqualTo(Verdict.PING);
        assertThat(wakeInTime()).isEqualTo(Verdict.PING);
        assertThat(keepAlive.nextWake()).isEqualTo(3_900);
        assertThat(wakeInTime()).isEqualTo(Verdict.DEAD);
    }

    @Test
    void when_this_side_was_stopped_then_the_peer_is_not_blamed_but_asked_once_more() {
        wakeInTime();
        wakeInTime();

        assertThat(keepAlive.wake(60_000)).isEqualTo(Verdict.PING);
        assertThat(keepAlive.nextWake()).isEqualTo(61_000);
        assertThat(wakeInTime()).isEqualTo(Verdict.DEAD);
    }

    @Test
    void when_the_peer_answers_after_a_stall_then_all_is_well() {
        keepAlive.wake(60_000);

        keepAlive.heard(60_010);

        assertThat(wakeInTime()).isEqualTo(Verdict.ALIVE);
        assertThat(keepAlive.nextWake()).isEqualTo(61_010);
    }

    @Test
    void when_wake_ups_are_a_little_late_then_that_time_is_not_held_against_the_peer() {
        keepAlive.wake(1_100);
        keepAlive.wake(2_200);

        assertThat(keepAlive.wake(3_100)).isNotEqualTo(Verdict.DEAD);
        assertThat(keepAlive.nextWake()).isEqualTo(3_200);
        assertThat(wakeInTime()).isEqualTo(Verdict.DEAD);
    }

    private Verdict wakeInTime() {
        return keepAlive.wake(keepAlive.nextWake());
    }
}

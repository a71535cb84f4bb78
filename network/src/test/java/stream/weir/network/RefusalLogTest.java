package stream.weir.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.RefusalCode;

final class RefusalLogTest {
    private static final Answer.Refusal REFUSAL = new Answer.Refusal(RefusalCode.NOT_WEIR, "a scanner");

    private long now;
    private final RefusalLog log = new RefusalLog(() -> now);

    @Test
    void when_a_host_calls_again_and_again_then_it_is_logged_once_a_minute() {
        for (int i = 0; i < 100; i++) {
            log.refused("10.0.0.1:" + i, "10.0.0.1", REFUSAL);
        }
        log.refused("10.0.0.2:1", "10.0.0.2", REFUSAL);
        assertThat(log.logged()).isEqualTo(2);

        now += Duration.ofMinutes(1).toNanos();
        log.refused("10.0.0.1:1", "10.0.0.1", REFUSAL);

        assertThat(log.logged()).isEqualTo(3);
        assertThat(log.count()).isEqualTo(102);
    }

    @Test
    void when_many_hosts_call_then_what_is_remembered_of_them_is_bounded() {
        for (int i = 0; i < 5_000; i++) {
            log.refused("h" + i + ":1", "h" + i, REFUSAL);
        }

        assertThat(log.hosts()).isEqualTo(1_000);
    }
}

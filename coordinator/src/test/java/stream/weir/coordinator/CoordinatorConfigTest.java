package stream.weir.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoordinatorConfigTest {
    @ParameterizedTest
    @CsvSource({
        "0,  60, 0, 1,  0, 1, 120, 128, 1, checkpoint.interval is PT0S",
        "-1, 60, 0, 1,  0, 1, 120, 128, 1, checkpoint.interval is PT-1S",
        "10, 0,  0, 1,  0, 1, 120, 128, 1, checkpoint.timeout is PT0S",
        "10, 60,-1, 1,  0, 1, 120, 128, 1, checkpoint.minPause is PT-1S",
        "10, 60, 0, 0,  0, 1, 120, 128, 1, checkpoint.maxConcurrent is 0",
        "10, 60, 0, 1, -2, 1, 120, 128, 1, checkpoint.tolerableFailures is -2",
        "10, 60, 0, 1,  0, 0, 120, 128, 1, checkpoint.retained is 0",
        "10, 60, 0, 1,  0, 1,  60, 128, 1, graceTime is PT1M",
        "10, 60, 0, 1,  0, 1, 120,   0, 1, maxParallelism is 0",
        "10, 60, 0, 1,  0, 1, 120, 128, 0, retryDelay is PT0S",
    })
    void when_out_of_range_then_the_error_names_setting_and_value(
            long interval,
            long timeout,
            long pause,
            int concurrent,
            int tolerable,
            int retained,
            long grace,
            int groups,
            long retry,
            String error) {
        assertThatThrownBy(() -> new CoordinatorConfig(
                        Duration.ofSeconds(interval),
                        Duration.ofSeconds(timeout),
                        Duration.ofSeconds(pause),
                        concurrent,
                        tolerable,
                        retained,
                        Duration.ofSeconds(grace),
                        groups,
                        Duration.ofSeconds(retry),
                        RestartPolicy.never()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(error + ":");
    }

    @Test
    void when_restarts_repeat_then_the_delay_doubles_up_to_its_limit() {
        RestartPolicy policy = new RestartPolicy(-1, Duration.ofSeconds(1), Duration.ofSeconds(5));

        assertThat(policy.delayBefore(1)).hasSeconds(1);
        assertThat(policy.delayBefore(3)).hasSeconds(4);
        assertThat(policy.delayBefore(4)).hasSeconds(5);
        assertThat(policy.delayBefore(1_000_000)).hasSeconds(5);
        assertThat(policy.allows(1_000_000)).isTrue();
        assertThat(RestartPolicy.never().allows(1)).isFalse();
    }
}

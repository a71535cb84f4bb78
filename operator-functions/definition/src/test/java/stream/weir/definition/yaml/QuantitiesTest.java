package stream.weir.definition.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "2s, PT2S", "1m, PT1M", "24h, PT24H", "7d, PT168H", "0, PT0S", "0s, PT0S"})
    void when_a_duration_is_well_formed_then_it_is_read(String spelled, Duration expected) {
        assertThat(Quantities.duration(spelled)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "1B, 1",
        "64KiB, 65536",
        "128MiB, 134217728",
        "2GiB, 2147483648",
        "1TiB, 1099511627776"
    })
    void when_a_size_is_well_formed_then_it_is_read(String spelled, long expected) {
        assertThat(Quantities.size(spelled)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "-1s", "1 s", "1.5s", "1S", "s", "1m30s", "999999999999999999d"})
    void when_a_duration_is_malformed_or_too_long_then_there_is_none(String spelled) {
        assertThat(Quantities.duration(spelled)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "64KB", "64 KiB", "1.5GiB", "999999999999999999TiB"})
    void when_a_size_is_malformed_or_too_large_then_there_is_none(String spelled) {
        assertThat(Quantities.size(spelled)).isEqualTo(Optional.empty());
    }
}

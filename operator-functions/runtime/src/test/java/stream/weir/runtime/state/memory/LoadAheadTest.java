package stream.weir.runtime.state.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.runtime.state.ExpectedKeys;

class LoadAheadTest {
    private static final int KEYS = 32;

    @ParameterizedTest
    @CsvSource({
        "4194304, 32, true",
        "4194304, 64, true",
        "4194304, 31, false",
        "4194304, 0, false",
        "4194303, 64, false",
    })
    void when_a_table_is_large_and_is_asked_for_most_keys_then_loading_ahead_pays(
            long bytes, int searches, boolean pays) {
        // given
        LoadAhead ahead = new LoadAhead();
        search(ahead, searches);
        // when, then
        assertThat(ahead.pays(keys(), () -> bytes)).isEqualTo(pays);
    }

    @ParameterizedTest
    @CsvSource({"32, true", "0, false"})
    void when_a_table_was_asked_before_then_only_what_came_since_counts(int since, boolean pays) {
        // given
        LoadAhead ahead = new LoadAhead();
        search(ahead, 1_000);
        ahead.pays(keys(), () -> LoadAhead.LEAST_BYTES);
        search(ahead, since);
        // when, then
        assertThat(ahead.pays(keys(), () -> LoadAhead.LEAST_BYTES)).isEqualTo(pays);
    }

    private static void search(LoadAhead ahead, int times) {
        for (int i = 0; i < times; i++) {
            ahead.searched();
        }
    }

    private static ExpectedKeys keys() {
        ExpectedKeys keys = new ExpectedKeys(KEYS);
        for (int i = 0; i < KEYS; i++) {
            keys.add(0, 0, i, 0);
        }
        return keys;
    }
}

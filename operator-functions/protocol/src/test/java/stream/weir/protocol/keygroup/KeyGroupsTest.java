package stream.weir.protocol.keygroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyGroupsTest {
    /** Golden: a change here makes every stored state unreadable. */
    @ParameterizedTest
    @CsvSource(textBlock = """
                    '', 128, 119
                    AA, 128, 36
                    UA, 128, 79
                    WN, 3, 2
                    N14228, 128, 14
                    N14228, 32768, 3800
                    order-4711, 128, 36
                    é, 128, 11
                    the quick brown fox jumps over the lazy dog, 128, 118
                    """)
    void when_a_key_is_assigned_then_its_group_never_changes(String key, int maxParallelism, int group) {
        assertThat(KeyGroups.keyGroupOf(KeyHash.of(key.getBytes(StandardCharsets.UTF_8)), maxParallelism))
                .isEqualTo(group);
    }

    @Test
    void when_the_hash_is_at_an_end_of_its_range_then_so_is_the_group() {
        assertThat(KeyGroups.keyGroupOf(0, 128)).isZero();
        assertThat(KeyGroups.keyGroupOf(Long.MAX_VALUE, 128)).isEqualTo(63);
        assertThat(KeyGroups.keyGroupOf(Long.MIN_VALUE, 128)).isEqualTo(64);
        assertThat(KeyGroups.keyGroupOf(-1, 128)).isEqualTo(127);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 128, 1000})
    void when_many_keys_are_assigned_then_no_group_is_favoured(int maxParallelism) {
        int perGroup = 400;
        int[] keys = new int[maxParallelism];
        for (int i = 0; i < perGroup * maxParallelism; i++) {
            keys[KeyGroups.keyGroupOf(KeyHash.of(("key-" + i).getBytes(StandardCharsets.UTF_8)), maxParallelism)]++;
        }
        // Six standard deviations of a fair assignment.
        assertThat(Arrays.stream(keys).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(perGroup - 120, perGroup + 120));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, KeyGroups.MOST + 1})
    void when_max_parallelism_is_out_of_range_then_it_is_refused(int maxParallelism) {
        assertThatThrownBy(() -> KeyGroups.keyGroupOf(1, maxParallelism))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("maxParallelism is " + maxParallelism);
    }
}

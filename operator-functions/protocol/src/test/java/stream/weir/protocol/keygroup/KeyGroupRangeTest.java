package stream.weir.protocol.keygroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyGroupRangeTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 100, 127, 128, 129, 250})
    void when_groups_are_shared_out_then_each_has_one_owner_and_replicaOf_names_it(int maxParallelism) {
        for (int replicas = 1; replicas <= maxParallelism; replicas++) {
            int next = 0;
            for (int replica = 0; replica < replicas; replica++) {
                KeyGroupRange range = KeyGroupRange.of(maxParallelism, replicas, replica);
                assertThat(range.first()).isEqualTo(next);
                assertThat(range.size()).isBetween(maxParallelism / replicas, ceil(maxParallelism, replicas));
                for (int group = range.first(); group <= range.last(); group++) {
                    assertThat(KeyGroupRange.replicaOf(maxParallelism, replicas, group))
                            .isEqualTo(replica);
                    assertThat(range.contains(group)).isTrue();
                }
                next = range.last() + 1;
            }
            assertThat(next).isEqualTo(maxParallelism);
        }
    }

    @Test
    void when_there_are_as_many_groups_as_possible_then_nothing_overflows() {
        int most = KeyGroups.MOST;
        for (int replicas : new int[] {1, 2, 1000, most - 1, most}) {
            assertThat(KeyGroupRange.of(most, replicas, replicas - 1).last()).isEqualTo(most - 1);
            assertThat(KeyGroupRange.replicaOf(most, replicas, most - 1)).isEqualTo(replicas - 1);
        }
    }

    @Test
    void when_ranges_share_a_group_then_they_overlap() {
        assertThat(new KeyGroupRange(0, 4).overlaps(new KeyGroupRange(4, 9))).isTrue();
        assertThat(new KeyGroupRange(0, 4).overlaps(new KeyGroupRange(5, 9))).isFalse();
    }

    @Test
    void when_there_are_more_replicas_than_groups_then_the_error_names_both() {
        assertThatThrownBy(() -> KeyGroupRange.of(4, 5, 0))
                .hasMessageContaining("of 5")
                .hasMessageContaining("4 key groups");
    }

    private static int ceil(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}

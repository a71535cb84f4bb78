package stream.weir.operator.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplicaCountsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 128, 1",
        "0.3, 128, 1",
        "2.1, 128, 3",
        "3, 128, 3",
        "7, 128, 8",
        "15, 128, 16",
        "44, 128, 43",
        "46, 128, 64",
        "60, 128, 64",
        "200, 128, 128",
        "5, 120, 5",
        "2.5, 3, 3"
    })
    void when_so_many_are_needed_then_key_groups_are_shared_well(double needed, int keyGroups, int count) {
        assertThat(ReplicaCounts.keyed(needed, keyGroups)).isEqualTo(count);
    }

    @Test
    void when_any_count_is_chosen_then_it_is_enough_and_no_smaller_one_has_the_same_share() {
        for (int keyGroups : new int[] {1, 7, 60, 128}) {
            for (double needed = 0.1; needed < keyGroups; needed += 0.3) {
                int count = ReplicaCounts.keyed(needed, keyGroups);
                assertThat(count * ReplicaCounts.evenness(count, keyGroups))
                        .as("%s of %s", needed, keyGroups)
                        .isGreaterThanOrEqualTo(needed * 0.949);
                assertThat(count).isLessThanOrEqualTo(keyGroups);
            }
        }
    }

    @Test
    void when_a_stage_is_scaled_then_the_state_that_moves_makes_the_pause() {
        assertThat(PauseModel.loaded(1, 2)).isEqualTo(0.5);
        assertThat(PauseModel.loaded(2, 1)).isEqualTo(0.5);
        assertThat(PauseModel.loaded(3, 3)).isZero();
        assertThat(PauseModel.loaded(2, 4)).isEqualTo(0.25);
    }
}

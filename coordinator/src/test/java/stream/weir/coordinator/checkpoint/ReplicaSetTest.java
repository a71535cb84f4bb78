package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.control.ReplicaId;

class ReplicaSetTest {
    private static final int MANY = 2_000;

    @Test
    void when_many_are_added_then_all_are_found_and_earlier_sets_are_as_they_were() {
        // given
        ReplicaSet before = ReplicaSet.NONE.with(new ReplicaId("a", 1));
        // when
        ReplicaSet all = before;
        Set<ReplicaId> expected = new HashSet<>(Set.of(new ReplicaId("a", 1)));
        for (int i = 0; i < MANY; i += 2) {
            ReplicaId replica = new ReplicaId(i % 3 == 0 ? "a" : "b", i);
            all = all.with(replica);
            expected.add(replica);
        }
        // then
        assertThat(all.size()).isEqualTo(expected.size());
        assertThat(expected).allMatch(all::has);
        assertThat(all.has(new ReplicaId("b", 1))).isFalse();
        assertThat(all.has(new ReplicaId("c", 0))).isFalse();
        assertThat(before.size()).isEqualTo(1);
        assertThat(before.has(new ReplicaId("a", 0))).isFalse();
        assertThat(ReplicaSet.NONE.has(new ReplicaId("a", 1))).isFalse();
    }

    @Test
    void when_the_same_replica_comes_again_or_in_another_order_then_the_set_is_equal() {
        // given
        ReplicaSet set = ReplicaSet.NONE.with(new ReplicaId("a", 1)).with(new ReplicaId("b", 0));
        // when
        ReplicaSet again = ReplicaSet.NONE
                .with(new ReplicaId("b", 0))
                .with(new ReplicaId("a", 1))
                .with(new ReplicaId("b", 0));
        // then
        assertThat(again).isEqualTo(set).hasSameHashCodeAs(set);
        assertThat(again.size()).isEqualTo(2);
    }
}

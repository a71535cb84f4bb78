package stream.weir.coordinator.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.control.ReplicaId;

class ReplicaMapTest {
    private static final int MANY = 10_000;

    @Test
    void when_many_are_added_then_all_are_found_and_earlier_maps_are_as_they_were() {
        // given
        ReplicaMap<Integer> before = ReplicaMap.<Integer>none().with(new ReplicaId("a", 0), -1);
        // when
        ReplicaMap<Integer> all = before;
        Map<ReplicaId, Integer> expected = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            ReplicaId replica = new ReplicaId(i % 3 == 0 ? "a" : "b", i);
            all = all.with(replica, i);
            expected.put(replica, i);
        }
        // then
        assertThat(all.size()).isEqualTo(MANY);
        assertThat(expected).allSatisfy(new Found(all)::check);
        assertThat(all.values()).containsExactlyInAnyOrderElementsOf(expected.values());
        assertThat(before.size()).isEqualTo(1);
        assertThat(before.of(new ReplicaId("a", 0))).contains(-1);
        assertThat(before.has(new ReplicaId("b", 1))).isFalse();
    }

    @Test
    void when_the_same_replica_has_another_value_then_it_counts_once() {
        // given
        ReplicaMap<String> map = ReplicaMap.<String>none().with(new ReplicaId("a", 1), "old");
        // when
        ReplicaMap<String> changed = map.with(new ReplicaId("a", 1), "new");
        // then
        assertThat(changed.size()).isEqualTo(1);
        assertThat(changed.of(new ReplicaId("a", 1))).contains("new");
    }

    private record Found(ReplicaMap<Integer> all) {
        void check(ReplicaId replica, int value) {
            assertThat(all.of(replica)).contains(value);
        }
    }
}

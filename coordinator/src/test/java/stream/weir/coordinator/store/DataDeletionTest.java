package stream.weir.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stream.weir.store.StoreException;

final class DataDeletionTest {
    private static final List<String> KEPT =
            List.of("lease", "savepoints/last/files/a", "savepoints/last/manifest.json");
    private static final List<String> ALL = List.of(
            "checkpoints/0000000001.json",
            "completed/0000000001.json",
            "files/a",
            "files/b",
            "lease",
            "left-by-somebody",
            "owner.json",
            "runs/0000000001.json",
            "savepoints/cut-off/files/a",
            "savepoints/last/files/a",
            "savepoints/last/manifest.json",
            "stops/0000000001.json",
            "terms/0000000001.json");

    private final Watched store = new Watched();

    @Test
    void when_all_is_deleted_then_savepoints_and_the_lease_are_left() throws StoreException {
        // given
        fill(ALL);
        // when
        long deleted = DataDeletion.in(store).run(() -> true);
        // then
        assertThat(deleted).isEqualTo(ALL.size() - KEPT.size());
        assertThat(store.names()).isEqualTo(KEPT);
    }

    @Test
    void when_there_is_nothing_then_nothing_is_deleted() throws StoreException {
        fill(KEPT);
        assertThat(DataDeletion.in(store).run(() -> true)).isZero();
        assertThat(store.names()).isEqualTo(KEPT);
    }

    /** Whatever point it is broken off at: files outlive manifests, marks outlive checkpoints, the owner outlives all. */
    @Test
    void when_broken_off_then_what_is_left_is_safe_and_the_next_attempt_finishes() throws StoreException {
        for (int batches = 0; batches < 8; batches++) {
            fill(ALL);
            int[] allowed = {batches};
            // when
            try {
                DataDeletion.in(store).run(() -> allowed[0]-- > 0);
            } catch (StoreException e) {
                assertThat(store.names()).contains("owner.json");
                assertThat(e).hasMessageContaining("ask the one that leads");
            }
            // then
            assertThat(store.names().contains("checkpoints/0000000001.json"))
                    .satisfiesAnyOf(there -> assertThat(there).isFalse(), there -> assertThat(store.names())
                            .contains("files/a", "completed/0000000001.json"));
            DataDeletion.in(store).run(() -> true);
            assertThat(store.names()).isEqualTo(KEPT);
        }
    }

    @Test
    void when_there_are_many_then_deleted_in_bounded_batches() throws StoreException {
        fill(IntStream.range(0, 1_234).mapToObj(i -> "files/" + i).toList());
        DataDeletion.in(store).run(() -> true);
        assertThat(store.batches).containsExactly(500, 500, 234);
    }

    @Test
    void when_this_one_leads_no_more_then_nothing_is_deleted() {
        fill(ALL);
        assertThatThrownBy(() -> DataDeletion.in(store).run(() -> false)).hasMessageContaining("0 objects are deleted");
        assertThat(store.names()).isEqualTo(ALL);
    }

    private void fill(List<String> names) {
        names.forEach(name -> store.upload(name, new byte[] {1}));
    }

    private static final class Watched extends TestStore {
        private final List<Integer> batches = new ArrayList<>();

        @Override
        public void delete(List<String> names) throws StoreException {
            batches.add(names.size());
            super.delete(names);
        }
    }
}

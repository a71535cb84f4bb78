package stream.weir.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** What all backends promise of their tables. A subclass names the factory; {@link StateBackendContract} has captures and restores. */
public abstract class StateTableContract {
    protected static final KeyGroupRange GROUPS = new KeyGroupRange(3, 10);
    protected static final String V = "step/value";
    protected static final String W = "step/windows";
    protected static final String O = "step/ordered";
    private static final long NO_PANE = ValueTable.NO_PANE;

    @TempDir
    Path folder;

    protected final StateFilesInMemory files = new StateFilesInMemory();
    private final List<KeyedStateBackend> opened = new ArrayList<>();

    /** Makes the backends under test; one factory for all of a test. */
    protected abstract StateBackendFactory factory();

    @AfterEach
    void closeAll() {
        opened.forEach(KeyedStateBackend::close);
    }

    protected final KeyedStateBackend open(KeyGroupRange range, List<StateHandle> handles) throws IOException {
        Path own = folder.resolve("backend-" + opened.size());
        KeyedStateBackend backend =
                factory().open(new StateBackendFactory.Scope("orders/by-carrier-0", range, own, files), handles);
        opened.add(backend);
        return backend;
    }

    protected final StateModel empty() throws IOException {
        return StateModel.of(open(GROUPS, List.of()));
    }

    @Test
    void when_there_is_nothing_then_nothing_is_found() throws IOException {
        StateModel state = empty();

        state.verify(V, 3, NO_PANE, "a");
        state.verify(W, 3, 60_000, "a");
        state.verify(O, 3, "a");
        state.remove(V, 3, NO_PANE, "a");
        state.remove(O, 3, "a");
        state.removePane(W, 3, 60_000);
        assertThat(state.backend().valueTable(W).firstPane(3, Long.MIN_VALUE)).isEmpty();
        state.verifyAll(List.of(V, W), List.of(O));
    }

    @Test
    void when_a_value_is_put_then_it_is_of_its_key_group_pane_and_table_alone() throws IOException {
        StateModel state = empty();

        state.put(V, 3, NO_PANE, "a", "1");
        state.put(W, 3, 100, "a", "2");
        state.put(W, 3, 200, "a", "3");
        state.put(W, 4, 100, "a", "4");
        state.put("other/windows", 3, 100, "a", "5");

        state.verify(W, 4, 200, "a");
        state.verify(V, 4, NO_PANE, "a");
        state.verifyAll(List.of(V, W, "other/windows"), List.of());
    }

    @Test
    void when_a_value_is_put_again_then_it_is_replaced_be_it_shorter_longer_or_empty() throws IOException {
        StateModel state = empty();

        for (int length : new int[] {5, 3, 9, 0, 200, 1, 20_000, 7, 3_000, 2}) {
            state.put(V, 3, NO_PANE, "key", "v".repeat(length));
            state.put(O, 3, "key", "v".repeat(length));
            state.verify(V, 3, NO_PANE, "key");
            state.verify(O, 3, "key");
        }
        state.verifyAll(List.of(V), List.of(O));
    }

    @Test
    void when_a_value_is_removed_then_its_key_is_absent_and_may_come_back() throws IOException {
        StateModel state = empty();
        state.put(V, 3, NO_PANE, "a", "1");
        state.put(O, 3, "a", "1");

        state.remove(V, 3, NO_PANE, "a");
        state.remove(O, 3, "a");
        state.verifyAll(List.of(V), List.of(O));

        state.put(V, 3, NO_PANE, "a", "2");
        state.put(O, 3, "a", "2");
        state.verifyAll(List.of(V), List.of(O));
    }

    @Test
    void when_keys_have_0_to_1000_bytes_then_each_is_its_own() throws IOException {
        StateModel state = empty();

        for (int length = 0; length <= 1000; length++) {
            state.put(V, 3, NO_PANE, "k".repeat(length), "v" + length);
            state.put(O, 3, "k".repeat(length), "v" + length);
        }
        state.verifyAll(List.of(V), List.of(O));
    }

    @Test
    void when_keys_are_expected_then_they_are_found_as_ever() throws IOException {
        StateModel state = empty();
        for (int i = 0; i < 60_000; i++) {
            state.put(V, 3 + i % 8, NO_PANE, "key" + i, "v".repeat(i % 200));
        }

        for (int from = 0; from < 60_000; from += 1_000) {
            state.expect(IntStream.range(from, from + 32).mapToObj(i -> StateModel.key(3 + i % 8, "key" + i)));
            state.put(V, 3 + from % 8, NO_PANE, "key" + from, "changed");
            for (int i = from; i < from + 32; i++) {
                state.verify(V, 3 + i % 8, NO_PANE, "key" + i);
            }
        }
        state.verifyAll(List.of(V), List.of());
    }

    @Test
    void when_expected_keys_are_unknown_or_of_another_replica_then_nothing_comes_of_it() throws IOException {
        StateModel state = empty();
        for (int i = 0; i < 60_000; i++) {
            state.put(V, 3, NO_PANE, "key" + i, "v".repeat(100));
        }

        state.expect(Stream.of(StateModel.key(3, "unknown"), StateModel.key(4, "key1"), StateModel.key(11, "key1")));

        state.verify(V, 3, NO_PANE, "unknown");
        state.verify(V, 4, NO_PANE, "key1");
        assertThatThrownBy(() -> state.verify(V, 11, NO_PANE, "key1")).isInstanceOf(IllegalArgumentException.class);
        state.verifyAll(List.of(V), List.of());
    }

    @Test
    void when_values_have_a_mebibyte_then_they_are_kept_among_small_ones() throws IOException {
        StateModel state = empty();

        for (int i = 0; i < 6; i++) {
            state.put(V, 3, NO_PANE, "small" + i, "s");
            state.put(V, 3, NO_PANE, "large" + i, String.valueOf(i).repeat(1 << 20));
            state.put(O, 3, "large" + i, String.valueOf(i).repeat(1 << 20));
            state.put(O, 3, "small" + i, "s");
        }
        state.remove(V, 3, NO_PANE, "large3");
        state.remove(O, 3, "large3");
        state.put(V, 3, NO_PANE, "large4", "x".repeat((1 << 20) + 1));
        state.put(O, 3, "large4", "x".repeat((1 << 20) + 1));

        state.verifyAll(List.of(V), List.of(O));
    }

    @Test
    void when_there_are_many_keys_then_they_grow_and_shrink_and_grow() throws IOException {
        StateModel state = empty();

        for (int i = 0; i < 20_000; i++) {
            state.put(V, 3 + i % 8, NO_PANE, "key-" + i, "value-" + i);
            state.put(O, 3 + i % 8, "key-" + i * 7919 % 20_000, "value-" + i);
        }
        state.verifyAll(List.of(V), List.of(O));
        for (int i = 0; i < 20_000; i++) {
            if (i % 100 != 0) {
                state.remove(V, 3 + i % 8, NO_PANE, "key-" + i);
                state.remove(O, 3 + i % 8, "key-" + i * 7919 % 20_000);
            }
        }
        state.verifyAll(List.of(V), List.of(O));
        for (int i = 0; i < 5_000; i++) {
            state.put(V, 3, NO_PANE, "new-" + i, "value-" + i);
            state.put(O, 3, "new-" + i, "value-" + i);
        }
        state.verifyAll(List.of(V), List.of(O));
    }

    @Test
    void when_a_delta_is_merged_then_it_is_combined_with_what_is_there_in_order() throws IOException {
        StateModel state = empty();

        state.merge(W, 3, 100, "a", "1");
        state.merge(W, 3, 100, "a", "2");
        state.verify(W, 3, 100, "a");
        state.merge(W, 3, 100, "a", "");
        state.merge(W, 3, 100, "a", "34");
        state.put(W, 3, 200, "a", "x");
        state.merge(W, 3, 200, "a", "y");
        state.remove(W, 3, 200, "a");
        state.merge(W, 3, 200, "a", "z");
        state.merge(W, 3, 300, "b", "gone");
        state.removePane(W, 3, 300);
        state.merge(W, 3, 300, "b", "new");

        state.verify(W, 3, 100, "a");
        state.verifyAll(List.of(W), List.of());
    }

    @Test
    void when_panes_come_and_go_then_the_first_from_any_number_on_is_known() throws IOException {
        StateModel state = empty();
        ValueTable windows = state.backend().valueTable(W);
        for (long pane : new long[] {300, 100, -50, 200, NO_PANE, Long.MAX_VALUE, Long.MIN_VALUE}) {
            state.put(W, 3, pane, "a", "v" + pane);
        }

        assertThat(windows.firstPane(3, Long.MIN_VALUE)).isEqualTo(OptionalLong.of(Long.MIN_VALUE));
        assertThat(windows.firstPane(3, Long.MIN_VALUE + 1)).isEqualTo(OptionalLong.of(-50));
        assertThat(windows.firstPane(3, -49)).isEqualTo(OptionalLong.of(0));
        assertThat(windows.firstPane(3, 1)).isEqualTo(OptionalLong.of(100));
        assertThat(windows.firstPane(3, 100)).isEqualTo(OptionalLong.of(100));
        assertThat(windows.firstPane(3, 301)).isEqualTo(OptionalLong.of(Long.MAX_VALUE));
        assertThat(windows.firstPane(4, Long.MIN_VALUE)).isEmpty();

        state.removePane(W, 3, 100);
        state.removePane(W, 3, NO_PANE);
        assertThat(windows.firstPane(3, -49)).isEqualTo(OptionalLong.of(200));
        state.verify(W, 3, 100, "a");
        state.verifyAll(List.of(W), List.of());
    }

    @Test
    void when_a_pane_is_removed_then_all_its_entries_are_gone_and_others_stay() throws IOException {
        StateModel state = empty();
        for (int i = 0; i < 1000; i++) {
            state.put(W, 3, 100, "key" + i, "a");
            state.put(W, 3, 200, "key" + i, "b");
            state.put(W, 5, 100, "key" + i, "c");
        }

        state.removePane(W, 3, 100);
        state.verifyAll(List.of(W), List.of());

        state.put(W, 3, 100, "key7", "again");
        state.verifyAll(List.of(W), List.of());
    }

    @Test
    void when_keys_are_scanned_then_they_come_in_unsigned_order_within_the_bounds() throws IOException {
        StateModel state = empty();
        for (String key :
                List.of("b", "", "\u00ff", "a\u0000", "a", "ab", "\u0080", "\u007f", "\u00ff\u00ff", "\u0000")) {
            state.put(O, 3, key, "of " + key);
        }
        state.put(O, 4, "other group", "x");

        state.verifyScan(O, 3, "", "");
        state.verifyScan(O, 3, "a", "b");
        state.verifyScan(O, 3, "a", "b\u0000");
        state.verifyScan(O, 3, "\u007f", "\u00ff\u00ff");
        state.verifyScan(O, 3, "aa", "");
        state.verifyScan(O, 3, "x", "y");
        state.verifyScan(O, 3, "b", "a");
    }

    @Test
    void when_a_visitor_says_no_then_the_visit_ends() throws IOException {
        StateModel state = empty();
        for (int i = 0; i < 300; i++) {
            state.put(V, 3, NO_PANE, "key" + i, "v");
            state.put(O, 3, "key" + i, "v");
        }
        int[] visits = {0, 0};

        state.backend().valueTable(V).forEach(3, NO_PANE, (key, value) -> ++visits[0] < 7);
        state.backend().orderedTable(O).scan(3, new Slice(), new Slice(), (key, value) -> ++visits[1] < 7);

        assertThat(visits).containsExactly(7, 7);
    }

    @Test
    void when_a_name_is_used_for_the_other_kind_of_table_then_it_is_an_error_that_names_it() throws IOException {
        StateModel state = empty();
        state.put(V, 3, NO_PANE, "a", "1");
        state.put(O, 3, "a", "1");

        assertThatThrownBy(() -> state.backend().orderedTable(V)).hasMessageContaining(V);
        assertThatThrownBy(() -> state.backend().valueTable(O)).hasMessageContaining(O);
    }

    @Test
    void when_a_key_group_is_not_held_then_it_is_an_error() throws IOException {
        StateModel state = empty();

        assertThatThrownBy(() -> state.put(V, 11, NO_PANE, "a", "1")).hasMessageContaining("key group 11");
        assertThatThrownBy(() -> state.put(O, 2, "a", "1")).hasMessageContaining("key group 2");
    }

    @Test
    void when_state_grows_then_its_size_does() throws IOException {
        StateModel state = empty();
        long before = state.backend().sizeBytes();

        for (int i = 0; i < 2000; i++) {
            state.put(V, 3, NO_PANE, "key" + i, "v".repeat(100));
        }
        assertThat(state.backend().sizeBytes()).isGreaterThan(before + 200_000);
    }
}

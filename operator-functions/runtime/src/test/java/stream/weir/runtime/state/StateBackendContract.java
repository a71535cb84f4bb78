package stream.weir.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateSize;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.StateModel.Place;

/** What all backends promise of captures and restores, beside what they promise of tables. */
public abstract class StateBackendContract extends StateTableContract {
    private static final long NO_PANE = ValueTable.NO_PANE;
    private static final List<String> VALUES = List.of(V, W);
    private static final List<String> ORDERED = List.of(O);

    /** Changes of one run of the seeded test. */
    protected int steps() {
        return 3_000;
    }

    @Test
    void when_state_is_written_on_after_a_capture_then_the_capture_has_what_was_there() throws IOException {
        StateModel state = empty();
        fill(state, 500, "before");
        Map<Place, TreeMap<String, String>> then = state.expected();

        StateCapture capture = state.backend().capture(1);
        fill(state, 700, "after");
        state.removePane(W, 3, 100);
        state.remove(V, 3, NO_PANE, "key8");
        state.remove(O, 3, "key8");
        List<StateHandle> handles = capture.store(files).handles();

        assertThat(restored(GROUPS, handles)).isEqualTo(then);
        state.verifyAll(VALUES, ORDERED);
    }

    @Test
    void when_nothing_was_written_then_an_empty_capture_restores_to_nothing() throws IOException {
        StateModel state = empty();

        List<StateHandle> handles = state.backend().capture(1).store(files).handles();

        assertThat(restored(GROUPS, handles)).isEmpty();
    }

    @Test
    void when_a_capture_is_stored_then_its_sizes_are_those_of_what_was_stored() throws IOException {
        StateModel state = empty();
        fill(state, 1000, "value");

        StateCapture.Stored stored = state.backend().capture(1).store(files);

        assertThat(stored.stateBytes()).isGreaterThan(10_000);
        assertThat(stored.uploadedBytes()).isBetween(10_000L, stored.stateBytes() * 2);
        assertThat(stored.handles()).allMatch(handle -> handle.keyGroups().equals(GROUPS));
    }

    @Test
    void when_a_capture_is_stored_then_the_size_of_each_table_is_known() throws IOException {
        StateModel state = empty();
        fill(state, 1000, "value");

        StateCapture.Stored stored = state.backend().capture(1).store(files);

        assertThat(stored.states()).extracting(StateSize::state).containsExactlyInAnyOrder(V, W, O);
        assertThat(stored.states())
                .allSatisfy(table -> assertThat(table.bytes()).isGreaterThan(1_000));
        assertThat(stored.states().stream().mapToLong(StateSize::bytes).sum()).isLessThanOrEqualTo(stored.stateBytes());
    }

    @Test
    void when_storing_fails_then_state_goes_on_and_the_next_capture_is_whole() throws IOException {
        StateModel state = empty();
        fill(state, 500, "one");
        StateCapture failing = state.backend().capture(1);
        fill(state, 600, "two");

        files.fail();
        if (storesObjects(failing)) {
            state.backend().aborted(1);
        }
        files.heal();
        fill(state, 700, "three");
        List<StateHandle> handles = state.backend().capture(2).store(files).handles();

        state.verifyAll(VALUES, ORDERED);
        assertThat(restored(GROUPS, handles)).isEqualTo(state.expected());
    }

    @Test
    void when_captures_are_discarded_then_later_ones_are_whole() throws IOException {
        StateModel state = empty();
        fill(state, 500, "one");
        StateCapture first = state.backend().capture(1);
        fill(state, 600, "two");
        StateCapture second = state.backend().capture(2);
        fill(state, 700, "three");
        first.discard();
        state.backend().aborted(1);
        second.discard();
        state.backend().aborted(2);
        fill(state, 800, "four");

        List<StateHandle> handles = state.backend().capture(3).store(files).handles();

        assertThat(restored(GROUPS, handles)).isEqualTo(state.expected());
    }

    @Test
    void when_a_capture_is_over_then_it_cannot_be_stored_again() throws IOException {
        StateCapture capture = empty().backend().capture(1);
        capture.discard();

        assertThatThrownBy(() -> capture.store(files)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void when_one_replica_becomes_three_and_two_then_each_has_its_own_groups_and_all_have_all() throws IOException {
        StateModel state = empty();
        fill(state, 1000, "value");
        List<StateHandle> one = state.backend().capture(1).store(files).handles();

        List<StateHandle> three =
                rescaled(state, one, new KeyGroupRange(3, 4), new KeyGroupRange(5, 5), new KeyGroupRange(6, 10));
        List<StateHandle> two = rescaled(state, three, new KeyGroupRange(3, 7), new KeyGroupRange(8, 10));

        assertThat(restored(GROUPS, two)).isEqualTo(state.expected());
    }

    @Test
    void when_a_handle_has_none_of_the_groups_then_it_is_not_read() throws IOException {
        StateModel state = empty();
        fill(state, 100, "value");
        List<StateHandle> handles = state.backend().capture(1).store(files).handles();
        handles.stream().flatMap(StateHandle::objects).forEach(object -> files.content(object)[0]++);

        assertThat(restored(new KeyGroupRange(11, 12), handles)).isEmpty();
    }

    @Test
    void when_a_stored_object_is_damaged_then_the_restore_fails_and_names_it() throws IOException {
        StateModel state = empty();
        fill(state, 500, "value");
        for (StateHandle handle : state.backend().capture(1).store(files).handles()) {
            handle.objects().forEach(object -> files.content(object)[(int) object.bytes() / 2]++);
            if (handle instanceof StateHandle.Inline inline) {
                inline.content()[inline.content().length / 2]++;
            }

            assertThatThrownBy(() -> open(GROUPS, List.of(handle)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("CRC32C")
                    .hasMessageMatching(
                            "(?s)Cannot restore .*(files/\\d+|manifest).*CRC32C is \\p{XDigit}{8}, .* \\p{XDigit}{8}.*");
        }
    }

    @Test
    void when_another_thread_stores_then_the_replica_writes_on_beside_it() throws Exception {
        StateModel state = empty();
        fill(state, 2000, "first");
        List<FutureTask<StateCapture.Stored>> stores = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        List<Map<Place, TreeMap<String, String>>> captured = new ArrayList<>();

        for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
            captured.add(state.expected());
            StateCapture capture = state.backend().capture(checkpoint);
            FutureTask<StateCapture.Stored> store = new FutureTask<>(() -> capture.store(files));
            Thread thread = new Thread(store, "store-" + checkpoint);
            thread.start();
            stores.add(store);
            threads.add(thread);
            fill(state, 1500 + 100 * checkpoint, "during" + checkpoint);
            state.removePane(W, 4, 100);
        }

        state.verifyAll(VALUES, ORDERED);
        for (int i = 0; i < stores.size(); i++) {
            threads.get(i).join();
            assertThat(restored(GROUPS, stores.get(i).get().handles())).isEqualTo(captured.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void when_anything_happens_in_any_order_then_state_and_captures_are_as_the_model_says(long seed)
            throws IOException {
        Random random = new Random(seed);
        StateModel state = empty();
        RandomState changes = new RandomState(random, state);
        Map<StateCapture, Map<Place, TreeMap<String, String>>> open = new HashMap<>();
        Map<StateCapture, Long> checkpoints = new HashMap<>();
        long checkpoint = 0;

        for (int step = 0; step < steps(); step++) {
            if (random.nextInt(200) == 0 && open.size() < 3) {
                StateCapture capture = state.backend().capture(++checkpoint);
                open.put(capture, state.expected());
                checkpoints.put(capture, checkpoint);
            } else if (random.nextInt(200) == 0 && !open.isEmpty()) {
                StateCapture capture = oldest(checkpoints);
                long id = checkpoints.remove(capture);
                end(state, capture, id, open.remove(capture), random);
            } else {
                changes.step();
            }
        }
        state.verifyAll(VALUES, ORDERED);
    }

    private void end(
            StateModel state,
            StateCapture capture,
            long checkpoint,
            Map<Place, TreeMap<String, String>> then,
            Random random)
            throws IOException {
        if (random.nextInt(4) == 0) {
            capture.discard();
            state.backend().aborted(checkpoint);
        } else if (random.nextInt(4) == 0) {
            files.fail();
            storesObjects(capture);
            files.heal();
            state.backend().aborted(checkpoint);
        } else {
            List<StateHandle> handles = capture.store(files).handles();
            state.backend().completed(checkpoint);
            int cut = GROUPS.first() + random.nextInt(GROUPS.size());
            Map<Place, TreeMap<String, String>> both = new HashMap<>();
            both.putAll(restored(new KeyGroupRange(GROUPS.first(), cut), handles));
            both.putAll(restored(new KeyGroupRange(cut + 1, GROUPS.last()), handles));
            assertThat(both).isEqualTo(then);
        }
    }

    private static StateCapture oldest(Map<StateCapture, Long> checkpoints) {
        return checkpoints.entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    /** Stores into a store that is out of order. @return whether that failed, as it does unless all goes into the manifest */
    private boolean storesObjects(StateCapture capture) {
        try {
            return capture.store(files).handles().stream().anyMatch(handle -> !(handle instanceof StateHandle.Inline));
        } catch (IOException e) {
            assertThat(e).hasStackTraceContaining("out of order");
            return true;
        }
    }

    private List<StateHandle> rescaled(StateModel state, List<StateHandle> handles, KeyGroupRange... ranges)
            throws IOException {
        List<StateHandle> rescaled = new ArrayList<>();
        for (KeyGroupRange range : ranges) {
            KeyedStateBackend backend = open(range, handles);
            assertThat(StateModel.contentOf(backend, VALUES, ORDERED)).isEqualTo(state.expected(range));
            rescaled.addAll(backend.capture(2).store(files).handles());
        }
        return rescaled;
    }

    private Map<Place, TreeMap<String, String>> restored(KeyGroupRange range, List<StateHandle> handles)
            throws IOException {
        if (range.size() == 0) {
            return Map.of();
        }
        try (KeyedStateBackend backend = open(range, handles)) {
            return StateModel.contentOf(backend, VALUES, ORDERED);
        }
    }

    private static void fill(StateModel state, int keys, String value) {
        for (int i = 0; i < keys; i++) {
            int group = GROUPS.first() + i % GROUPS.size();
            state.put(V, group, NO_PANE, "key" + i, value + i);
            state.merge(W, group, 100 * (i % 5), "key" + i, value);
            state.put(O, group, "key" + i, value + i);
        }
    }
}

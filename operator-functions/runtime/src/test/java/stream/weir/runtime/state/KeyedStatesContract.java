package stream.weir.runtime.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.api.codec.Codecs;
import stream.weir.api.function.Aggregator;
import stream.weir.api.state.AggregatingState;
import stream.weir.api.state.ListState;
import stream.weir.api.state.MapState;
import stream.weir.api.state.ValueState;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;

/** Typed states over a backend's tables: what users see of them, and how their types may change. */
public abstract class KeyedStatesContract {
    private static final int MAX_PARALLELISM = 4;

    @TempDir
    Path folder;

    private final StateFilesInMemory files = new StateFilesInMemory();
    private final Key current = new Key();
    private final Map<String, String> declared = new HashMap<>();
    private final Map<String, String> restored = new HashMap<>();
    private final List<KeyedStateBackend> opened = new ArrayList<>();

    protected abstract StateBackendFactory factory();

    @AfterEach
    void closeAll() {
        opened.forEach(KeyedStateBackend::close);
    }

    @Test
    void when_a_value_is_updated_then_it_is_the_present_keys_alone() throws IOException {
        ValueState<String> name = open(List.of()).value("name", Codecs.STRING);

        at("a");
        name.update("Ada");
        assertThat(name.get()).contains("Ada");
        at("b");
        assertThat(name.get()).isEmpty();
        assertThat(name.orElse("nobody")).isEqualTo("nobody");
        name.update("");
        assertThat(name.orElse("nobody")).isEmpty();
        at("a");
        name.clear();
        assertThat(name.get()).isEmpty();
        assertThat(declared).containsEntry("step/name", "value string");
    }

    @Test
    void when_a_value_was_handed_out_then_later_changes_do_not_touch_it() throws IOException {
        ValueState<byte[]> raw = open(List.of()).value("raw", Codecs.BYTE_ARRAY);
        at("a");
        byte[] given = {1, 2, 3};
        raw.update(given);
        byte[] found = raw.get().orElseThrow();

        given[0] = 9;
        raw.update(new byte[] {7, 7, 7});
        assertThat(found).containsExactly(1, 2, 3);
        found[0] = 8;
        assertThat(raw.get().orElseThrow()).containsExactly(7, 7, 7);
    }

    @Test
    void when_elements_are_added_then_the_list_has_them_in_order() throws IOException {
        ListState<Long> list = open(List.of()).list("list", Codecs.LONG);
        for (long i = 0; i < 300; i++) {
            at("a");
            list.add(i);
            at("b");
            list.add(-i);
        }

        assertThat(list.get()).hasSize(300).startsWith(0L, -1L, -2L).endsWith(-299L);
        at("a");
        assertThat(list.get()).hasSize(300).startsWith(0L, 1L, 2L).endsWith(299L);
        list.update(List.of(7L, 5L, 7L));
        assertThat(list.get()).containsExactly(7L, 5L, 7L);
        list.clear();
        assertThat(list.get()).isEmpty();
        at("b");
        assertThat(list.get()).hasSize(300);
        at("");
        list.add(1L);
        assertThat(list.get()).containsExactly(1L);
        assertThat(declared).containsEntry("step/list", "list [int64]");
    }

    @Test
    void when_a_list_is_restored_then_more_elements_come_behind_those_it_had() throws IOException {
        ListState<Long> list = open(List.of()).list("list", Codecs.LONG);
        at("a");
        list.update(List.of(1L, 2L));

        ListState<Long> again = open(snapshot()).list("list", Codecs.LONG);
        again.add(3L);
        ListState<Long> third = open(snapshot()).list("list", Codecs.LONG);
        third.add(4L);

        assertThat(third.get()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void when_a_map_is_written_then_entries_are_found_one_by_one_and_all_in_order_of_keys() throws IOException {
        MapState<String, Long> map = open(List.of()).map("map", Codecs.STRING, Codecs.LONG);
        at("a");
        assertThat(map.isEmpty()).isTrue();
        for (String key : List.of("m", "b", "", "z")) {
            map.put(key, (long) key.hashCode());
        }
        map.put("b", 1L);
        at("ab");
        map.put("other", 5L);

        at("a");
        assertThat(map.isEmpty()).isFalse();
        assertThat(map.get("b")).contains(1L);
        assertThat(map.get("other")).isEmpty();
        map.remove("m");
        map.remove("never there");
        assertThat(map.entries().keySet()).containsExactly("", "b", "z");
        map.forEach((key, value) -> assertThat(map.get(key)).contains(value));
        map.clear();
        assertThat(map.isEmpty()).isTrue();
        at("ab");
        assertThat(map.entries()).containsExactly(Map.entry("other", 5L));
        assertThat(declared).containsEntry("step/map", "map [string: int64]");
    }

    @Test
    void when_keys_are_prefixes_or_end_with_the_greatest_byte_then_their_elements_stay_apart() throws IOException {
        MapState<Long, Long> map = open(List.of()).map("map", Codecs.LONG, Codecs.LONG);
        List<byte[]> keys = List.of(
                new byte[] {},
                new byte[] {-1},
                new byte[] {-1, -1},
                new byte[] {0},
                new byte[] {1, -1},
                new byte[127],
                new byte[128],
                new byte[255]);
        for (int i = 0; i < keys.size(); i++) {
            at(keys.get(i));
            map.put(1L, (long) i);
            map.put(-1L, (long) i);
        }

        for (int i = 0; i < keys.size(); i++) {
            at(keys.get(i));
            assertThat(map.entries().values()).containsExactly((long) i, (long) i);
            map.clear();
            assertThat(map.entries()).isEmpty();
        }
    }

    @Test
    void when_inputs_are_added_then_the_aggregate_has_them_all() throws IOException {
        AggregatingState<Long, String> sum = open(List.of()).aggregating("sum", new Sum(), Codecs.LONG);
        at("a");
        assertThat(sum.get()).isEmpty();
        sum.add(3L);
        sum.add(4L);
        at("b");
        sum.add(1L);

        at("a");
        assertThat(sum.get()).contains("7");
        sum.clear();
        assertThat(sum.get()).isEmpty();
        assertThat(declared).containsEntry("step/sum", "aggregating int64");
    }

    @Test
    void when_a_name_is_declared_twice_then_it_is_an_error_that_names_it() throws IOException {
        KeyedStates states = open(List.of());
        states.value("name", Codecs.STRING);

        assertThatThrownBy(() -> states.list("name", Codecs.STRING)).hasMessageContaining("name twice");
    }

    @Test
    void when_a_type_was_widened_then_all_values_are_there_in_the_new_one() throws IOException {
        KeyedStates before = open(List.of());
        ValueState<Integer> value = before.value("value", Codecs.INT);
        ListState<Integer> list = before.list("list", Codecs.INT);
        MapState<String, Integer> map = before.map("map", Codecs.STRING, Codecs.INT);
        for (int i = 0; i < 1000; i++) {
            at("key" + i);
            value.update(-i);
            list.update(List.of(i, i + 1));
            map.put("m", i);
        }
        List<StateHandle> handles = snapshot();

        KeyedStates after = open(handles);
        ValueState<Long> widened = after.value("value", Codecs.LONG);
        ListState<Long> widenedList = after.list("list", Codecs.LONG);
        MapState<String, Long> widenedMap = after.map("map", Codecs.STRING, Codecs.LONG);

        for (int i = 0; i < 1000; i++) {
            at("key" + i);
            assertThat(widened.get()).contains((long) -i);
            assertThat(widenedList.get()).containsExactly((long) i, i + 1L);
            assertThat(widenedMap.entries()).containsExactly(Map.entry("m", (long) i));
        }
        assertThat(declared).containsEntry("step/value", "value int64");
    }

    @Test
    void when_a_type_became_another_then_the_error_names_state_and_both_types() throws IOException {
        open(List.of()).value("value", Codecs.LONG);
        KeyedStates after = open(snapshot());

        assertThatThrownBy(() -> after.value("value", Codecs.STRING))
                .isInstanceOf(StateIncompatibleException.class)
                .hasMessageContaining("step/value")
                .hasMessageContaining("written as int64")
                .hasMessageContaining("declared as string");
    }

    @Test
    void when_the_keys_of_a_map_would_change_then_it_is_refused() throws IOException {
        open(List.of()).map("map", Codecs.INT, Codecs.LONG);
        KeyedStates after = open(snapshot());

        assertThatThrownBy(() -> after.map("map", Codecs.LONG, Codecs.LONG))
                .isInstanceOf(StateIncompatibleException.class)
                .hasMessageContaining("step/map")
                .hasMessageContaining("the keys of a map cannot change");
    }

    private KeyedStates open(List<StateHandle> handles) throws IOException {
        KeyGroupRange all = new KeyGroupRange(0, MAX_PARALLELISM - 1);
        Path own = folder.resolve("backend-" + opened.size());
        KeyedStateBackend backend =
                factory().open(new StateBackendFactory.Scope("orders/step-0", all, own, files), handles);
        opened.add(backend);
        StateEvolution evolution = new StateEvolution(
                backend,
                (table, kind, schema) -> declared.put(table, kind + " " + schema),
                table -> Optional.ofNullable(restored.get(table)));
        return new KeyedStates(backend, current, "step", evolution);
    }

    /** Captures what was opened last, with the schemas declared so far. */
    private List<StateHandle> snapshot() throws IOException {
        declared.forEach((table, schema) -> restored.put(table, schema.substring(schema.indexOf(' ') + 1)));
        return opened.getLast().capture(opened.size()).store(files).handles();
    }

    private void at(String key) {
        at(key.getBytes(UTF_8));
    }

    private void at(byte[] key) {
        long hash = KeyHash.of(key);
        current.set(key, 0, key.length, hash, KeyGroups.keyGroupOf(hash, MAX_PARALLELISM));
    }

    private static final class Sum implements Aggregator<Long, Long, String> {
        @Override
        public Long create() {
            return 0L;
        }

        @Override
        public Long add(Long accumulator, Long input) {
            return accumulator + input;
        }

        @Override
        public Long merge(Long left, Long right) {
            return left + right;
        }

        @Override
        public String result(Long accumulator) {
            return accumulator.toString();
        }
    }
}

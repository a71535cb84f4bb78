package stream.weir.runtime.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.protocol.keygroup.KeyGroups;
import stream.weir.protocol.keygroup.KeyHash;

/** Timers over a backend's tables. */
public abstract class TimersContract {
    private static final int MAX_PARALLELISM = 8;
    private static final KeyGroupRange ALL = new KeyGroupRange(0, MAX_PARALLELISM - 1);

    @TempDir
    Path folder;

    private final StateFilesInMemory files = new StateFilesInMemory();
    private final Key current = new Key();
    private final List<String> fired = new ArrayList<>();
    private final List<KeyedStateBackend> opened = new ArrayList<>();
    private Timers timers;

    protected abstract StateBackendFactory factory();

    @BeforeEach
    void openEmpty() throws IOException {
        timers = open(ALL, List.of());
    }

    @AfterEach
    void closeAll() {
        opened.forEach(KeyedStateBackend::close);
    }

    @Test
    void when_nothing_is_due_then_nothing_fires() throws Exception {
        set("a", 100);

        assertThat(advance(99)).isEmpty();
        assertThat(advance(100)).containsExactly("100 a");
        assertThat(advance(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void when_timers_of_many_keys_are_due_then_they_fire_in_the_order_of_times() throws Exception {
        for (int i = 0; i < 50; i++) {
            set("key" + i, 1000 - i * 7919 % 50);
        }
        set("late", 2000);

        List<String> due = advance(1000);

        assertThat(due).hasSize(50).isSortedAccordingTo(Comparator.comparing(text -> time(text)));
        assertThat(advance(2000)).containsExactly("2000 late");
    }

    @Test
    void when_a_timer_is_set_twice_then_it_fires_once() throws Exception {
        set("a", 100);
        set("a", 100);
        set("a", 200);

        assertThat(advance(300)).containsExactly("100 a", "200 a");
    }

    @Test
    void when_a_timer_is_deleted_then_it_does_not_fire() throws Exception {
        set("a", 100);
        set("b", 100);
        delete("a", 100);
        delete("a", 500);

        assertThat(advance(1000)).containsExactly("100 b");
    }

    @Test
    void when_times_are_extreme_then_they_fire_in_order_and_only_when_due() throws Exception {
        for (long time : new long[] {Long.MAX_VALUE, 0, Long.MIN_VALUE, -1, 1}) {
            set("a", time);
        }

        assertThat(advance(Long.MIN_VALUE)).containsExactly(Long.MIN_VALUE + " a");
        assertThat(advance(0)).containsExactly("-1 a", "0 a");
        assertThat(advance(Long.MAX_VALUE - 1)).containsExactly("1 a");
        assertThat(advance(Long.MAX_VALUE)).containsExactly(Long.MAX_VALUE + " a");
        assertThat(advance(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void when_a_handler_sets_a_timer_that_is_due_then_it_fires_in_the_same_advance() throws Exception {
        set("a", 100);
        set("b", 150);

        int count = timers.fire(200, time -> {
            record(time);
            if (time == 100) {
                timers.set(120);
                timers.set(50);
                timers.set(201);
            }
        });

        assertThat(fired).containsExactly("100 a", "50 a", "120 a", "150 b");
        assertThat(count).isEqualTo(4);
        assertThat(advance(201)).containsExactly("201 a");
    }

    @Test
    void when_a_handler_deletes_a_timer_that_is_due_then_it_does_not_fire() throws Exception {
        set("a", 100);
        set("a", 110);
        set("a", 120);

        timers.fire(200, time -> {
            record(time);
            timers.delete(110);
        });

        assertThat(fired).containsExactly("100 a", "120 a");
    }

    @Test
    void when_a_handler_sets_its_own_timer_again_then_it_was_deleted_before() throws Exception {
        set("a", 100);
        int[] left = {3};

        timers.fire(100, time -> {
            record(time);
            if (left[0]-- > 0) {
                timers.set(time);
            }
        });

        assertThat(fired).containsExactly("100 a", "100 a", "100 a", "100 a");
        assertThat(advance(100)).isEmpty();
    }

    @Test
    void when_timers_are_restored_then_those_of_own_groups_fire() throws Exception {
        for (int i = 0; i < 40; i++) {
            set("key" + i, i);
        }
        List<StateHandle> handles = opened.getLast().capture(1).store(files).handles();

        timers = open(new KeyGroupRange(0, 2), handles);
        List<String> all = new ArrayList<>(advance(100));
        timers = open(new KeyGroupRange(3, MAX_PARALLELISM - 1), handles);
        assertThat(advance(-1)).isEmpty();
        all.addAll(advance(100));

        assertThat(all).hasSize(40).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void when_timers_are_set_deleted_and_fired_at_random_then_they_fire_as_the_model_says(long seed) throws Exception {
        Random random = new Random(seed);
        TreeSet<String> model =
                new TreeSet<>(Comparator.comparing(TimersContract::time).thenComparing(text -> text));
        long now = 0;

        for (int step = 0; step < 3000; step++) {
            String key = "key" + random.nextInt(60);
            long time = now - 20 + random.nextInt(300);
            if (random.nextInt(10) < 7) {
                set(key, time);
                model.add(time + " " + key);
            } else if (random.nextInt(3) < 2) {
                String some = model.isEmpty() ? time + " " + key : model.floor(model.last());
                delete(some.substring(some.indexOf(' ') + 1), time(some));
                model.remove(some);
            } else {
                now += random.nextInt(40);
                List<String> due = new ArrayList<>(model.headSet((now + 1) + " ", false));
                model.removeAll(due);
                assertThat(sorted(advance(now))).isEqualTo(sorted(due));
                assertThat(fired).isSortedAccordingTo(Comparator.comparing(TimersContract::time));
            }
        }
        assertThat(sorted(advance(Long.MAX_VALUE))).isEqualTo(sorted(new ArrayList<>(model)));
    }

    private Timers open(KeyGroupRange range, List<StateHandle> handles) throws IOException {
        Path own = folder.resolve("backend-" + opened.size());
        KeyedStateBackend backend =
                factory().open(new StateBackendFactory.Scope("orders/step-0", range, own, files), handles);
        opened.add(backend);
        return Timers.open(backend, "step/timers.event", current);
    }

    private void set(String key, long time) {
        at(key);
        timers.set(time);
    }

    private void delete(String key, long time) {
        at(key);
        timers.delete(time);
    }

    private List<String> advance(long upTo) throws Exception {
        fired.clear();
        timers.fire(upTo, this::record);
        return fired;
    }

    private void record(long time) {
        String key = new String(current.array(), current.offset(), current.length(), UTF_8);
        long hash = KeyHash.of(key.getBytes(UTF_8));
        assertThat(current.hash()).isEqualTo(hash);
        assertThat(current.keyGroup()).isEqualTo(KeyGroups.keyGroupOf(hash, MAX_PARALLELISM));
        fired.add(time + " " + key);
    }

    private void at(String text) {
        byte[] key = text.getBytes(UTF_8);
        long hash = KeyHash.of(key);
        current.set(key, 0, key.length, hash, KeyGroups.keyGroupOf(hash, MAX_PARALLELISM));
    }

    private static long time(String text) {
        return Long.parseLong(text.substring(0, text.indexOf(' ')));
    }

    private static List<String> sorted(List<String> texts) {
        return texts.stream().sorted().toList();
    }
}

package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialWriterTest {
    private final ArrayDeque<Runnable> threads = new ArrayDeque<>();
    private final RocksDbErrors errors = new RocksDbErrors("orders/by-carrier-0", Path.of("/state/0"));
    private final SerialWriter writer = new SerialWriter(threads::add, errors);
    private final List<String> done = new ArrayList<>();

    @Test
    void when_a_thread_comes_then_it_does_all_in_order() throws IOException {
        writer.submit(() -> done.add("a"));
        writer.submit(() -> done.add("b"));
        assertThat(threads).hasSize(1);

        threads.remove().run();
        long third = writer.submit(() -> done.add("c"));
        threads.remove().run();
        writer.await(third);

        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void when_no_thread_comes_then_who_waits_does_the_work() throws IOException {
        writer.submit(() -> done.add("a"));
        long second = writer.submit(() -> done.add("b"));
        writer.submit(() -> done.add("c"));

        writer.await(second);
        assertThat(done).containsExactly("a", "b");

        threads.remove().run();
        assertThat(done).containsExactly("a", "b", "c");
    }

    @Test
    void when_work_fails_then_nothing_follows_and_all_are_told_the_cause() {
        IOException cause = new IOException("no space");
        writer.submit(() -> {
            throw cause;
        });
        long second = writer.submit(() -> done.add("after"));
        threads.remove().run();

        assertThatThrownBy(() -> writer.await(second))
                .isInstanceOf(IOException.class)
                .hasCause(cause)
                .hasMessageContainingAll("orders/by-carrier-0", "/state/0", "no space");
        assertThatThrownBy(writer::check).hasCause(cause);
        assertThat(done).isEmpty();
    }

    @Test
    void when_it_is_closed_then_what_has_not_begun_is_dropped_and_nothing_is_taken() {
        writer.submit(() -> done.add("a"));
        writer.close();
        threads.remove().run();

        assertThat(done).isEmpty();
        assertThatThrownBy(() -> writer.submit(() -> done.add("b")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("orders/by-carrier-0");
    }
}

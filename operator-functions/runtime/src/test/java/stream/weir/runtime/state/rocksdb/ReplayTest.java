package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final int FAMILY = 3;

    private final List<String> made = new ArrayList<>();
    private final BatchBytes batch = new BatchBytes();
    private final Replay replay = new Replay(new Recorded(), RocksDbConfig.DEFAULT);

    @Test
    void when_changes_lie_in_no_order_then_they_are_made_in_that_of_their_keys() throws IOException {
        put("delta", "1");
        put("alpha", "2");
        written();
        put("charlie", "3");
        put("bravo", "");
        written();

        replay.flush();

        assertThat(made).containsExactly("3 alpha=2", "3 bravo=", "3 charlie=3", "3 delta=1");
    }

    @Test
    void when_a_key_has_changed_again_then_the_later_change_is_what_stays() throws IOException {
        put("same beginning, a", "1");
        put("same beginning, b", "2");
        delete("same beginning, a");
        put("alpha", "3");
        written();
        put("same beginning, b", "4");
        written();

        replay.flush();

        assertThat(made.getFirst()).isEqualTo("3 alpha=3");
        assertThat(made).filteredOn(change -> change.contains(", a")).last().isEqualTo("3 same beginning, a gone");
        assertThat(made).filteredOn(change -> change.contains(", b")).last().isEqualTo("3 same beginning, b=4");
    }

    @Test
    void when_a_pane_was_removed_then_what_came_before_is_made_before() throws IOException {
        put("p2", "1");
        put("p1", "2");
        written();
        replay.removePane(FAMILY, bytes("p"));
        put("p0", "3");
        written();

        replay.flush();

        assertThat(made).containsExactly("3 p1=2", "3 p2=1", "3 p*", "3 p0=3");
    }

    @Test
    void when_there_is_more_than_its_room_then_it_does_not_wait_for_the_end() throws IOException {
        String value = "v".repeat(1 << 20);
        for (int i = 0; i < 16; i++) {
            put("key " + i, value);
            written();
        }

        assertThat(made).hasSize(16);
    }

    private void put(String key, String value) {
        batch.put(FAMILY, bytes(key), bytes(value));
    }

    private void delete(String key) {
        batch.delete(FAMILY, bytes(key), 0, key.length());
    }

    private void written() throws IOException {
        replay.write(batch.toByteArray());
        batch.clear();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }

    /** Writes down what is made. */
    private final class Recorded implements ChangeTarget, BatchBytes.Reader {
        @Override
        public void write(byte[] changes) throws IOException {
            BatchBytes.read(changes, this);
        }

        @Override
        public void removePane(int family, byte[] prefix) {
            made.add(family + " " + text(prefix, 0, prefix.length) + "*");
        }

        @Override
        public void put(int family, byte[] changes, int key, int keyLength, int value, int valueLength) {
            made.add(family + " " + text(changes, key, keyLength) + "=" + text(changes, value, valueLength));
        }

        @Override
        public void delete(int family, byte[] changes, int key, int keyLength) {
            made.add(family + " " + text(changes, key, keyLength) + " gone");
        }
    }
}

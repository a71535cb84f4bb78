package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
    private final KeyOrder order = new KeyOrder();
    private final Page page = new Page(1 << 20).reuse(1);

    @Test
    void when_keys_differ_in_their_first_bytes_then_they_come_in_their_order_whatever_the_page_order()
            throws IOException {
        add(2, "b");
        add(1, "d");
        add(2, "a");
        add(1, "c");

        assertThat(drained()).containsExactly("1c", "1d", "2a", "2b");
    }

    @Test
    void when_keys_share_their_first_bytes_then_each_comes_once() throws IOException {
        for (int i = 0; i < 5000; i++) {
            add(7, "common-" + i);
        }

        assertThat(drained()).hasSize(5000).doesNotHaveDuplicates().allMatch(key -> key.startsWith("7common-"));
    }

    /** What follows a short key in its page is its value, and must not count. */
    @Test
    void when_a_key_changes_more_than_once_then_the_last_change_is_taken_last() throws IOException {
        List<String> keys = List.of("k", "long enough to begin alike, one", "long enough to begin alike, two");
        for (String value : List.of("c", "a", "b")) {
            for (String key : keys) {
                put(key, value);
            }
        }

        Map<String, String> last = new HashMap<>();
        order.drainTo((from, at) -> last.put(key(from, at), value(from, at)));

        assertThat(last)
                .containsOnlyKeys("1k", "1" + keys.get(1), "1" + keys.get(2))
                .allSatisfy((key, value) -> assertThat(value).isEqualTo("b"));
    }

    @Test
    void when_it_was_drained_then_it_is_empty() throws IOException {
        add(1, "key");
        assertThat(order.isEmpty()).isFalse();

        drained();

        assertThat(order.isEmpty()).isTrue();
        assertThat(drained()).isEmpty();
    }

    @Test
    void when_a_key_ends_a_page_then_it_is_taken_with_the_others() throws IOException {
        Page small = new Page(Page.FIRST_ENTRY + 2 * 32).reuse(1);
        EncodedKey key = new EncodedKey(1);
        order.add(small, small.append(key.set(1, 0, "x".getBytes(UTF_8), 0, 1), 0, 0));
        order.add(small, small.append(key.set(2, 0, "y".getBytes(UTF_8), 0, 1), 0, 0));

        assertThat(drained()).containsExactlyInAnyOrder("1x", "2y");
    }

    private void add(int keyGroup, String name) {
        byte[] bytes = name.getBytes(UTF_8);
        order.add(page, page.append(new EncodedKey(1).set(keyGroup, 0, bytes, 0, bytes.length), 0, 0));
    }

    /** Key groups and keys. */
    private List<String> drained() throws IOException {
        List<String> keys = new ArrayList<>();
        order.drainTo((from, at) -> keys.add(key(from, at)));
        return keys;
    }

    private void put(String name, String value) {
        byte[] key = name.getBytes(UTF_8);
        byte[] bytes = value.getBytes(UTF_8);
        int at = page.append(new EncodedKey(1).set(1, 0, key, 0, key.length), 0, bytes.length);
        page.setValue(at, Page.PUT, bytes, 0, bytes.length);
        order.add(page, at);
    }

    private static String key(Page from, int at) {
        int prefix = KeyCode.GROUP_BYTES + 1;
        return from.data[from.keyOffset(at) + 1]
                + new String(from.data, from.keyOffset(at) + prefix, from.keyLength(at) - prefix, UTF_8);
    }

    private static String value(Page from, int at) {
        return new String(from.data, from.valueOffset(at), from.valueLength(at), UTF_8);
    }
}

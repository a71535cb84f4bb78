package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyCodeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 000080",
        "1, 1, 00018101",
        "258, 255, 010281ff",
        "0, 256, 0000820100",
        "0, 1700000000000, 000086018bcfe56800",
        "0, 9223372036854775807, 0000887fffffffffffffff",
        "0, -1, 00007fff",
        "0, -256, 00007f00",
        "0, -257, 00007efeff",
        "0, -9223372036854775808, 0000788000000000000000"
    })
    void when_a_pane_is_encoded_then_it_is_these_bytes_for_ever(int keyGroup, long pane, String hex) {
        byte[] bytes = KeyCode.prefix(keyGroup, pane);

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(hex);
        assertThat(KeyCode.keyGroup(bytes)).isEqualTo(keyGroup);
        assertThat(KeyCode.pane(bytes)).isEqualTo(pane);
        assertThat(KeyCode.prefixBytes(bytes, 0)).isEqualTo(bytes.length);
    }

    @Test
    void when_panes_are_compared_as_bytes_then_their_order_is_that_of_the_numbers() {
        SplittableRandom random = new SplittableRandom(1);
        long[] panes = LongStream.generate(() -> random.nextLong() >> random.nextInt(64))
                .limit(2000)
                .distinct()
                .sorted()
                .toArray();

        for (int i = 1; i < panes.length; i++) {
            byte[] smaller = KeyCode.prefix(7, panes[i - 1]);
            byte[] larger = KeyCode.prefix(7, panes[i]);
            assertThat(Arrays.compareUnsigned(smaller, larger))
                    .as("%d and %d", panes[i - 1], panes[i])
                    .isNegative();
            assertThat(Arrays.compareUnsigned(KeyCode.after(smaller), larger)).isNotPositive();
        }
    }

    @Test
    void when_a_prefix_ends_in_the_largest_bytes_then_what_comes_after_it_is_shorter() {
        assertThat(KeyCode.after(new byte[] {1, -1, -1})).containsExactly(2);
        assertThat(KeyCode.after(new byte[] {-1, -1})).isEmpty();
        assertThat(KeyCode.after(new byte[] {0, 5})).containsExactly(0, 6);
    }
}

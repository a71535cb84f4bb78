package stream.weir.protocol.keygroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyHashTest {
    /** Seed and multiplier of the buffer that the reference implementation's own sanity check hashes. */
    private static final long GENERATOR_SEED = 2654435761L;

    private static final long GENERATOR_FACTOR = 0x9E3779B185EBCA8DL;

    @ParameterizedTest
    @CsvSource(textBlock = """
                    0,   EF46DB3751D8E999
                    1,   E934A84ADB052768
                    4,   9136A0DCA57457EE
                    14,  8282DCC4994E35C8
                    222, B641AE8CB691C174
                    """)
    void when_the_references_buffer_is_hashed_then_its_published_values_come_out(int length, String expected) {
        assertThat(HexFormat.of().withUpperCase().toHexDigits(KeyHash.of(generated(length))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    a, d24ec4f1a98c6e5b
                    as, 1c330fb2d66be179
                    asd, 631c37ce72a97393
                    asdf, 415872f599cea71e
                    abc, 44bc2cf5ad770999
                    Call me Ishmael. Some years ago--never mind how long precisely-, 02a2e85470d6fd96
                    Nobody inspects the spammish repetition, fbcea83c8a378bf1
                    """)
    void when_a_well_known_text_is_hashed_then_its_known_value_comes_out(String text, String expected) {
        assertThat(HexFormat.of().toHexDigits(KeyHash.of(text.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(expected);
    }

    @Test
    void when_a_slice_is_hashed_then_its_surroundings_do_not_matter() {
        for (int length = 0; length < 100; length++) {
            byte[] around = new byte[length + 7];
            Arrays.fill(around, (byte) 0x5A);
            System.arraycopy(generated(length), 0, around, 3, length);

            assertThat(KeyHash.of(around, 3, length)).isEqualTo(KeyHash.of(generated(length)));
        }
    }

    @Test
    void when_a_slice_is_not_inside_the_array_then_it_is_refused() {
        assertThatThrownBy(() -> KeyHash.of(new byte[8], 1, 8)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static byte[] generated(int length) {
        byte[] bytes = new byte[length];
        long state = GENERATOR_SEED;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (state >>> 56);
            state *= GENERATOR_FACTOR;
        }
        return bytes;
    }
}

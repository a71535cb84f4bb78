package stream.weir.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.protocol.frame.Frame.Records;
import stream.weir.protocol.frame.FrameFormatException.Reason;

final class FrameCodecTest {
    private static final long SEED = 20260101;

    private final FrameCodec codec = FrameCodec.withDefaults();

    @ParameterizedTest
    @MethodSource("stream.weir.protocol.frame.Frames#ofEveryContent")
    void when_a_frame_is_encoded_and_decoded_then_it_is_the_same(Frame frame) {
        byte[] bytes = codec.encode(frame);

        assertThat(codec.frameLength(bytes, 0)).isEqualTo(bytes.length);
        assertThat(Frames.describe(decode(bytes))).isEqualTo(Frames.describe(frame));
    }

    @Test
    void when_every_content_is_encoded_then_its_bytes_are_the_golden_ones() throws IOException {
        try (InputStream golden = FrameCodecTest.class.getResourceAsStream("frames-v1.txt")) {
            assertThat(new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> !line.startsWith("#"))
                    .containsExactlyElementsOf(Frames.ofEveryContent()
                            .map(frame -> HexFormat.of().formatHex(codec.encode(frame)) + "  " + Frames.describe(frame))
                            .toList());
        }
    }

    @Test
    void when_a_frame_lies_inside_a_larger_array_then_its_records_are_a_slice_of_that_array() {
        byte[] bytes = codec.encode(Frames.of(new Records(new byte[] {0, 10, 11, 12, 0}, 1, 3, 1)));
        byte[] around = new byte[bytes.length + 20];
        System.arraycopy(bytes, 0, around, 8, bytes.length);

        Records records = (Records) codec.decode(around, 8, bytes.length).content();

        assertThat(records.bytes()).isSameAs(around);
        assertThat(Arrays.copyOfRange(around, records.offset(), records.offset() + records.length()))
                .containsExactly(10, 11, 12);
    }

    @Test
    void when_a_frame_is_larger_than_allowed_then_neither_side_takes_it_and_the_key_is_named() {
        FrameCodec small = new FrameCodec(200);
        Frame large = Frames.of(Frames.records(new byte[200], 1));

        assertThatThrownBy(() -> small.encode(large))
                .hasMessageStartingWith("BAD_LENGTH")
                .hasMessageContaining("frame.maxBytes allows 200")
                .hasMessageContaining("flights-0->by-carrier-3");
        byte[] bytes = codec.encode(large);
        assertThatThrownBy(() -> small.frameLength(bytes, 0))
                .hasMessageContaining("a frame of " + bytes.length + " bytes")
                .hasMessageContaining("200 bytes (frame.maxBytes)");
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void when_a_field_is_wrong_then_the_reason_says_so(Damage damage) {
        byte[] bytes = damage.change.apply(codec.encode(Frames.of(damage.content)));

        assertThatExceptionOfType(FrameFormatException.class)
                .isThrownBy(() -> decode(bytes))
                .withMessageContaining(damage.text)
                .extracting(FrameFormatException::reason)
                .isEqualTo(damage.reason);
    }

    @Test
    void when_a_frame_is_cut_off_anywhere_then_it_is_refused() {
        Frames.ofEveryContent().forEach(frame -> {
            byte[] bytes = codec.encode(frame);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatExceptionOfType(FrameFormatException.class)
                        .isThrownBy(() -> decode(cut))
                        .extracting(FrameFormatException::reason)
                        .isEqualTo(Reason.BAD_LENGTH);
            }
        });
    }

    @Test
    void when_up_to_three_bits_are_flipped_then_the_frame_is_refused() {
        Random random = new Random(SEED);
        byte[][] frames = Frames.ofEveryContent().map(codec::encode).toArray(byte[][]::new);
        for (int trial = 0; trial < 5_000; trial++) {
            byte[] bytes = frames[random.nextInt(frames.length)].clone();
            random.ints(0, bytes.length * 8)
                    .distinct()
                    .limit(1 + random.nextInt(3))
                    .forEach(bit -> bytes[bit / 8] ^= (byte) (1 << bit % 8));

            assertThatExceptionOfType(FrameFormatException.class).isThrownBy(() -> decode(bytes));
        }
    }

    @Test
    void when_bytes_are_random_behind_a_valid_checksum_then_they_are_a_frame_or_refused_but_nothing_else() {
        Random random = new Random(SEED);
        byte[][] frames = Frames.ofEveryContent().map(codec::encode).toArray(byte[][]::new);
        for (int trial = 0; trial < 5_000; trial++) {
            byte[] bytes = frames[random.nextInt(frames.length)].clone();
            bytes[FrameCodec.PREFIX_BYTES - 1 + random.nextInt(bytes.length - 13)] = (byte) random.nextInt();
            byte[] sealed = Damage.seal(bytes);
            try {
                assertThat(codec.encode(decode(sealed))).isEqualTo(sealed);
            } catch (FrameFormatException refused) {
                assertThat(refused.reason()).isIn(Reason.MALFORMED, Reason.UNKNOWN_TYPE);
            }
        }
    }

    @Test
    void when_the_limit_could_hold_no_frame_then_the_codec_is_refused() {
        assertThatThrownBy(() -> new FrameCodec(10)).hasMessageContaining("frame.maxBytes is 10");
    }

    private Frame decode(byte[] bytes) {
        return codec.decode(bytes, 0, bytes.length);
    }

    /** One wrong field each; {@code seal} corrects the checksum, so that only the field is wrong. */
    enum Damage {
        HTTP_CLIENT(
                Reason.BAD_MAGIC, "found 0x4854", bytes -> at(4, "HTTP".getBytes(StandardCharsets.US_ASCII), bytes)),
        NEWER_VERSION(Reason.UNKNOWN_VERSION, "found version 2", bytes -> seal(at(8, new byte[] {2}, bytes))),
        LENGTH_ZERO(Reason.BAD_LENGTH, "a frame of 0 bytes", bytes -> at(0, new byte[4], bytes)),
        LENGTH_2_TO_31(
                Reason.BAD_LENGTH, "a frame of 2147483648 bytes", bytes -> at(0, new byte[] {-128, 0, 0, 0}, bytes)),
        LENGTH_OF_ANOTHER(
                Reason.BAD_LENGTH, "a frame of 256 bytes is announced", bytes -> at(0, new byte[] {0, 0, 1, 0}, bytes)),
        PAYLOAD_CHANGED(Reason.BAD_CHECKSUM, "the frame says", bytes -> at(bytes.length - 5, new byte[] {99}, bytes)),
        TYPE_7(Reason.UNKNOWN_TYPE, "content type 7", bytes -> seal(at(9, new byte[] {7}, bytes))),
        NAME_TOO_LONG(
                Reason.MALFORMED, "pipeline needs 65535 bytes", bytes -> seal(at(10, new byte[] {-1, -1}, bytes))),
        NAME_NOT_UTF_8(Reason.MALFORMED, "pipeline is not valid UTF-8", bytes -> seal(at(12, new byte[] {-1}, bytes))),
        NEGATIVE_RUN(Reason.MALFORMED, "run is -", bytes -> seal(at(25, new byte[] {-1}, bytes))),
        NO_RECORDS(Reason.MALFORMED, "count is 0", bytes -> seal(at(bytes.length - 11, new byte[4], bytes)));

        final Reason reason;
        final String text;
        final UnaryOperator<byte[]> change;
        final Frame.Content content = Frames.records(new byte[] {1, 2, 3}, 1);

        Damage(Reason reason, String text, UnaryOperator<byte[]> change) {
            this.reason = reason;
            this.text = text;
            this.change = change;
        }

        static byte[] at(int position, byte[] replacement, byte[] bytes) {
            System.arraycopy(replacement, 0, bytes, position, replacement.length);
            return bytes;
        }

        static byte[] seal(byte[] bytes) {
            CRC32C crc = new CRC32C();
            crc.update(bytes, 0, bytes.length - 4);
            ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) crc.getValue());
            return bytes;
        }
    }
}

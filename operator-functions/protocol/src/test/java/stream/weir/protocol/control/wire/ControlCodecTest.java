package stream.weir.protocol.control.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.control.wire.ControlFormatException.Reason;

final class ControlCodecTest {
    private static final long SEED = 20260101;
    private static final int ROUNDS = 200;

    private final ControlCodec codec = ControlCodec.withDefaults();

    @Test
    void when_every_message_is_encoded_then_its_bytes_are_the_golden_ones() throws IOException {
        try (InputStream golden = ControlCodecTest.class.getResourceAsStream("control-v1.txt")) {
            assertThat(new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> !line.startsWith("#"))
                    .containsExactlyElementsOf(
                            oneOfEach().stream().map(HexFormat.of()::formatHex).toList());
        }
    }

    @Test
    void when_golden_messages_to_a_process_are_decoded_then_they_are_the_same() {
        ControlMessages.toInstances().forEach(message -> assertThat(codec.decodeToInstance(codec.encode(message)))
                .usingRecursiveComparison()
                .isEqualTo(message));
    }

    @Test
    void when_golden_messages_from_a_process_are_decoded_then_they_are_the_same() {
        ControlMessages.fromInstances().forEach(message -> assertThat(codec.decodeFromInstance(codec.encode(message)))
                .usingRecursiveComparison()
                .isEqualTo(message));
    }

    @Test
    void when_random_messages_are_encoded_and_decoded_then_they_are_the_same() {
        RandomMessages messages = new RandomMessages(SEED);
        for (ToInstance message : messages.toInstances(ROUNDS)) {
            assertThat(codec.decodeToInstance(codec.encode(message)))
                    .as("seed %s", SEED)
                    .usingRecursiveComparison()
                    .isEqualTo(message);
        }
        for (FromInstance message : messages.fromInstances(ROUNDS)) {
            assertThat(codec.decodeFromInstance(codec.encode(message)))
                    .as("seed %s", SEED)
                    .usingRecursiveComparison()
                    .isEqualTo(message);
        }
    }

    @ParameterizedTest
    @EnumSource(Damage.class)
    void when_a_field_is_wrong_then_the_reason_says_so(Damage damage) {
        byte[] bytes = damage.change.apply(codec.encode(damage.message));

        assertThatExceptionOfType(ControlFormatException.class)
                .isThrownBy(() -> codec.decodeToInstance(bytes))
                .withMessageContaining(damage.text)
                .extracting(ControlFormatException::reason)
                .isEqualTo(damage.reason);
    }

    @Test
    void when_a_message_goes_the_wrong_way_then_it_is_refused() {
        byte[] bytes = codec.encode(new FromInstance.Departing(1, ""));

        assertThatThrownBy(() -> codec.decodeToInstance(bytes))
                .hasMessageContaining("UNKNOWN_TYPE")
                .hasMessageContaining("found type 68")
                .hasMessageContaining("1 to 7 for messages to a process");
    }

    @Test
    void when_a_message_is_larger_than_allowed_then_neither_side_takes_it_and_the_key_is_named() {
        ControlCodec small = new ControlCodec(100);
        ToInstance large = new ToInstance.Leave(ToInstance.Departure.FAILED, "x".repeat(100));
        byte[] bytes = codec.encode(large);

        assertThatThrownBy(() -> small.encode(large))
                .hasMessageStartingWith("BAD_LENGTH: a message Leave of 110 bytes; control.maxBytes allows 100");
        assertThatThrownBy(() -> small.decodeToInstance(bytes))
                .hasMessageContaining("110 bytes")
                .hasMessageContaining("control.maxBytes");
    }

    @Test
    void when_a_message_is_cut_off_anywhere_then_it_is_refused() {
        for (byte[] bytes : oneOfEach()) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatExceptionOfType(ControlFormatException.class).isThrownBy(() -> decode(cut));
            }
        }
    }

    @Test
    void when_bytes_are_random_behind_a_valid_checksum_then_they_are_a_message_or_refused_but_nothing_else() {
        Random random = new Random(SEED);
        List<byte[]> messages = Stream.concat(
                        oneOfEach().stream(),
                        new RandomMessages(SEED).fromInstances(50).stream().map(codec::encode))
                .toList();
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = messages.get(random.nextInt(messages.size())).clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            byte[] sealed = Damage.seal(bytes);
            try {
                assertThat(decode(sealed)).isEqualTo(sealed);
            } catch (ControlFormatException refused) {
                assertThat(refused.reason()).isIn(Reason.MALFORMED, Reason.UNKNOWN_TYPE);
            }
        }
    }

    @Test
    void when_a_count_is_absurd_then_nothing_is_allocated_for_it() {
        byte[] bytes = codec.encode(new ToInstance.Routes(new Fence("p", 1, 1), Map.of()));
        ByteBuffer.wrap(bytes).putInt(bytes.length - 8, Integer.MAX_VALUE);

        assertThatThrownBy(() -> codec.decodeToInstance(Damage.seal(bytes)))
                .hasMessageContaining("addresses has 2147483647 items announced, 0 bytes are left");
    }

    @Test
    void when_the_limit_could_hold_no_message_then_the_codec_is_refused() {
        assertThatThrownBy(() -> new ControlCodec(4)).hasMessageContaining("control.maxBytes is 4");
    }

    private List<byte[]> oneOfEach() {
        return Stream.concat(
                        ControlMessages.toInstances().map(codec::encode),
                        ControlMessages.fromInstances().map(codec::encode))
                .toList();
    }

    /** Reads a message of either direction, and gives its bytes back. */
    private byte[] decode(byte[] bytes) {
        return bytes.length > 0 && bytes[0] >= 65
                ? codec.encode(codec.decodeFromInstance(bytes))
                : codec.encode(codec.decodeToInstance(bytes));
    }

    /** One wrong field each; {@code seal} corrects the checksum, so that only the field is wrong. */
    enum Damage {
        CHANGED(Reason.BAD_CHECKSUM, "the message says", bytes -> at(7, 99, bytes)),
        TYPE_0(Reason.UNKNOWN_TYPE, "found type 0", bytes -> seal(at(0, 0, bytes))),
        TYPE_8(Reason.UNKNOWN_TYPE, "found type 8", bytes -> seal(at(0, 8, bytes))),
        TOLD_5(Reason.UNKNOWN_TYPE, "found type 5", bytes -> seal(at(1, 5, bytes))),
        NAME_TOO_LONG(Reason.MALFORMED, "pipeline needs", bytes -> seal(at(4, 127, bytes))),
        NAME_NOT_UTF_8(Reason.MALFORMED, "pipeline is not valid UTF-8", bytes -> seal(at(6, 255, bytes))),
        NEGATIVE_RUN(Reason.MALFORMED, "run is -", bytes -> seal(at(7, 128, bytes))),
        NO_SUCH_KIND(
                Reason.MALFORMED,
                "9 is no kind of checkpoint; known are [1, 2, 3, 4]",
                bytes -> seal(at(bytes.length - 5, 9, bytes))),
        MORE_BYTES(Reason.MALFORMED, "4 bytes are left over", bytes -> seal(Arrays.copyOf(bytes, bytes.length + 4)));

        final Reason reason;
        final String text;
        final UnaryOperator<byte[]> change;
        final ToInstance message =
                new ToInstance.Tell(new ToReplica.Trigger(new Fence("p", 1, 1), 1, CheckpointKind.PERIODIC));

        Damage(Reason reason, String text, UnaryOperator<byte[]> change) {
            this.reason = reason;
            this.text = text;
            this.change = change;
        }

        static byte[] at(int position, int value, byte[] bytes) {
            bytes[position] = (byte) value;
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

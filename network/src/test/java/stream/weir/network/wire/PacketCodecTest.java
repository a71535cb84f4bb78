package stream.weir.network.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.frame.FrameFormatException;
import stream.weir.protocol.frame.FrameFormatException.Reason;
import stream.weir.protocol.frame.Link;

final class PacketCodecTest {
    private static final int MAX = 1_000;

    private static final Packet CREDIT = new Packet.Credit(0x0102030405060708L);

    static Stream<Packet> packets() {
        return Stream.of(
                new Hello.Data("p", 7, new Link("a", 1, "late", "b", 2), "s-1"),
                new Hello.Control("p", "i-1", "ä", "r1", new Address("h", 7000)),
                new Answer.DataWelcome(5, 1 << 20, "r-1"),
                new Answer.ControlWelcome(),
                new Answer.Refusal(RefusalCode.NOT_LEADER, "no", Optional.of(new Address("h", 7000))),
                new Answer.Refusal(RefusalCode.FENCED, "old"),
                CREDIT,
                new Packet.Ping(),
                new Packet.Pong(),
                new Packet.Bye(Optional.empty()),
                new Packet.Bye(Optional.of("why")),
                new Packet.Last());
    }

    /** All that this version writes; refusals have to be read by every other version too. */
    @Test
    void when_packets_are_written_then_their_bytes_are_the_golden_ones() throws IOException {
        try (InputStream golden = PacketCodecTest.class.getResourceAsStream("packets-v1.txt")) {
            assertThat(new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> !line.startsWith("#"))
                    .containsExactlyElementsOf(packets()
                            .map(packet -> HexFormat.of().formatHex(PacketCodec.encode(packet)) + "  " + packet)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("packets")
    void when_a_packet_is_read_then_it_is_what_was_written(Packet packet) {
        byte[] bytes = PacketCodec.encode(packet);

        assertThat(PacketCodec.packetLength(bytes, MAX)).isEqualTo(bytes.length);
        assertThat(PacketCodec.isPacket(bytes)).isTrue();
        assertThat(PacketCodec.decode(bytes)).isEqualTo(packet);
    }

    @Test
    void when_a_payload_is_read_then_its_bytes_are_those_that_were_written() {
        byte[] message = "any bytes".getBytes(StandardCharsets.UTF_8);

        Packet read = PacketCodec.decode(PacketCodec.encode(new Packet.Payload(message)));

        assertThat(((Packet.Payload) read).bytes()).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("packets")
    void when_any_bit_is_flipped_then_the_packet_is_refused(Packet packet) {
        byte[] bytes = PacketCodec.encode(packet);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> PacketCodec.decode(damaged)).isInstanceOf(FrameFormatException.class);
        }
    }

    @Test
    void when_a_length_is_absurd_then_it_is_refused_before_anything_is_allocated() {
        for (int length : List.of(0, 13, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, MAX + 1)) {
            byte[] bytes = PacketCodec.encode(CREDIT);
            ByteBuffer.wrap(bytes).putInt(length);
            refused(
                    bytes,
                    Reason.BAD_LENGTH,
                    "a packet of " + Integer.toUnsignedString(length) + " bytes is announced");
        }
    }

    @Test
    void when_the_version_is_another_then_both_are_named() {
        byte[] bytes = PacketCodec.encode(CREDIT);
        bytes[8] = 9;

        refused(bytes, Reason.UNKNOWN_VERSION, "found version 9, this process speaks version 1 only");
    }

    @Test
    void when_somebody_else_calls_then_the_error_says_who() {
        refused(ascii("GET / HTTP/1.1"), Reason.BAD_MAGIC, "an HTTP client");
        refused(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3}, Reason.BAD_MAGIC, "a TLS client");
        refused(ascii("SSH-2.0-Open"), Reason.BAD_MAGIC, "\"SSH-2.0-Op\"");
    }

    @Test
    void when_random_bytes_follow_a_valid_prefix_and_checksum_then_nothing_but_a_format_error_comes_of_it() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = PacketCodec.encode(new Packet.Payload(bytes(random)));
            bytes[9] = (byte) random.nextInt(25);
            int covered = bytes.length - 4;
            ByteBuffer.wrap(bytes).putInt(covered, PacketCodec.checksum(bytes, covered));
            try {
                assertThat(PacketCodec.decode(bytes)).isNotNull();
            } catch (FrameFormatException e) {
                assertThat(e.reason()).as("seed %d", seed).isIn(Reason.MALFORMED, Reason.UNKNOWN_TYPE);
            }
        }
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void refused(byte[] bytes, Reason reason, String message) {
        assertThatThrownBy(() -> PacketCodec.packetLength(Arrays.copyOf(bytes, PacketCodec.PREFIX_BYTES), MAX))
                .isInstanceOfSatisfying(FrameFormatException.class, error -> assertThat(error.reason())
                        .isEqualTo(reason))
                .hasMessageContaining(message);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

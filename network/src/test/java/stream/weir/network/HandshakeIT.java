package stream.weir.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.Packet;
import stream.weir.network.wire.PacketCodec;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.FrameCodec;
import stream.weir.protocol.frame.Link;

/** Who is let in, and what those learn who are not: whatever calls is answered within a second. */
@Timeout(60)
final class HandshakeIT {
    private static final Link LINK = new Link("a", 0, "", "b", 1);
    private static final Hello.Data HELLO = new Hello.Data("p", 7, LINK, "s-1");

    private final TestNetwork networks = new TestNetwork();
    private final Network network = networks.open(TestNetwork.PATIENT);
    private final BlockingQueue<Hello> accepted = new LinkedBlockingQueue<>();
    private final Listening listening = TestNetwork.listen(network, welcoming());

    @AfterEach
    void close() {
        networks.close();
    }

    @Test
    void when_a_hello_is_welcome_then_it_is_answered() throws IOException {
        try (Caller caller = call()) {
            caller.say(PacketCodec.encode(HELLO));

            assertThat(caller.answer()).isEqualTo(new Answer.DataWelcome(3, 1_000, "r-1"));
            assertThat(TestNetwork.next(accepted)).isEqualTo(HELLO);
        }
    }

    @Test
    void when_a_hello_comes_byte_by_byte_then_it_is_understood() throws IOException {
        try (Caller caller = call()) {
            for (byte b : PacketCodec.encode(HELLO)) {
                caller.say(new byte[] {b});
            }

            assertThat(caller.answer()).isInstanceOf(Answer.DataWelcome.class);
        }
    }

    @Test
    void when_a_control_hello_comes_to_a_port_for_data_then_it_is_refused_with_both_sides_named() throws IOException {
        try (Caller caller = call()) {
            caller.say(PacketCodec.encode(new Hello.Control("p", "i", "b", "r1", listening.address())));

            caller.verifyRefused(RefusalCode.WRONG_KIND, "stage b has sent control messages to a port for data links");
        }
    }

    @Test
    void when_another_version_calls_then_both_versions_are_named() throws IOException {
        byte[] hello = PacketCodec.encode(HELLO);
        hello[8] = 2;
        try (Caller caller = call()) {
            caller.say(hello);

            caller.verifyRefused(RefusalCode.PROTOCOL_VERSION, "found version 2, this process speaks version 1 only");
        }
    }

    @Test
    void when_a_hello_is_damaged_then_it_is_refused() throws IOException {
        byte[] hello = PacketCodec.encode(HELLO);
        hello[14] ^= 1;
        try (Caller caller = call()) {
            caller.say(hello);

            caller.verifyRefused(RefusalCode.MALFORMED, "BAD_CHECKSUM");
        }
    }

    @Test
    void when_a_huge_hello_is_announced_then_it_is_refused_at_once() throws IOException {
        byte[] hello = PacketCodec.encode(HELLO);
        hello[0] = 0x7F;
        try (Caller caller = call()) {
            caller.say(hello);

            caller.verifyRefused(RefusalCode.MALFORMED, "BAD_LENGTH");
        }
    }

    @Test
    void when_a_frame_comes_before_any_hello_then_it_is_refused() throws IOException {
        try (Caller caller = call()) {
            caller.say(FrameCodec.withDefaults().encode(new Frame("p", 7, LINK, 0, new Frame.End())));

            caller.verifyRefused(RefusalCode.NOT_WEIR, "BAD_MAGIC");
        }
    }

    @Test
    void when_an_http_client_calls_then_it_reads_why_it_is_wrong_here() throws IOException {
        try (Caller caller = call()) {
            caller.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(caller.text()).startsWith("HTTP/1.1 400 Bad Request").contains("an HTTP client has called");
        }
    }

    @Test
    void when_a_tls_client_calls_a_port_without_tls_then_it_is_refused() throws IOException {
        try (Caller caller = call()) {
            caller.say(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3});

            caller.verifyRefused(RefusalCode.NOT_WEIR, "a TLS client has called a port without TLS");
        }
    }

    @Test
    void when_a_caller_says_nothing_then_it_is_refused_within_a_second() throws IOException {
        Listening impatient = TestNetwork.listen(networks.open(TestNetwork.QUICK), welcoming());
        try (Caller caller = call(impatient)) {
            long before = System.nanoTime();
            caller.say(new byte[] {0, 0, 0});

            caller.verifyRefused(RefusalCode.TIMED_OUT, "no hello within 900 ms, 3 bytes of it have come");
            assertThat(System.nanoTime() - before).isLessThan(3_000_000_000L);
        }
    }

    @Test
    void when_a_scanner_calls_again_and_again_then_it_is_counted_but_logged_once() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Caller caller = call()) {
                caller.say("nothing of ours".getBytes(StandardCharsets.US_ASCII));
                caller.answer();
            }
        }

        assertThat(network.refusedConnections()).isEqualTo(20);
        assertThat(network.refusals().logged()).isOne();
    }

    @Test
    void when_too_many_wait_for_their_handshake_then_the_next_is_sent_away() throws IOException {
        List<Caller> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            waiting.add(call());
        }
        try (Caller oneTooMany = call()) {
            oneTooMany.verifyRefused(RefusalCode.BUSY, "4 connections wait for their handshake already");
        }
        waiting.getFirst().say(PacketCodec.encode(HELLO));
        assertThat(waiting.getFirst().answer()).isInstanceOf(Answer.DataWelcome.class);
        try (Caller next = call()) {
            next.say(PacketCodec.encode(HELLO));
            assertThat(next.answer()).isInstanceOf(Answer.DataWelcome.class);
        }
        for (Caller caller : waiting) {
            caller.close();
        }
    }

    @Test
    void when_nobody_listens_then_whoever_dials_learns_where() {
        listening.close();

        Throwable error = dial(network);

        assertThat(error).hasMessageContaining("dialling " + listening.address() + " failed");
    }

    @Test
    void when_a_dialled_port_refuses_then_the_refusal_is_passed_on() {
        Listening refusing = TestNetwork.listen(
                network,
                Acceptors.forData(
                        (_, _) -> new Acceptor.Refused(new Answer.Refusal(RefusalCode.FENCED, "FENCED: run 6 < 7"))));

        Throwable error = dial(network, refusing);

        assertThat(error).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(refused.refusal())
                .isEqualTo(new Answer.Refusal(RefusalCode.FENCED, "FENCED: run 6 < 7", Optional.empty())));
        assertThat(error).hasMessageContaining("refused the connection: FENCED: FENCED: run 6 < 7");
    }

    private Throwable dial(Network from) {
        return dial(from, listening);
    }

    private static Throwable dial(Network from, Listening to) {
        BlockingQueue<Throwable> failed = new LinkedBlockingQueue<>();
        from.dial(from.loop(), to.address(), HELLO, new DialListener() {
            @Override
            public ConnectionListener onWelcome(Connection connection, Answer.Welcome welcome) {
                failed.add(new AssertionError("welcome: " + welcome));
                return _ -> {};
            }

            @Override
            public void onFailed(Throwable error) {
                failed.add(error);
            }
        });
        return TestNetwork.next(failed);
    }

    private Acceptors welcoming() {
        return Acceptors.forData((hello, _) -> {
            accepted.add(hello);
            return new Acceptor.Welcomed(new Answer.DataWelcome(3, 1_000, "r-1"), _ -> {});
        });
    }

    private Caller call() throws IOException {
        return call(listening);
    }

    private static Caller call(Listening to) throws IOException {
        return new Caller(new Socket("127.0.0.1", to.address().port()));
    }

    /** Somebody with a plain socket. */
    private record Caller(Socket socket) implements AutoCloseable {
        void say(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }

        Packet answer() throws IOException {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] prefix = in.readNBytes(PacketCodec.PREFIX_BYTES);
            int length = PacketCodec.packetLength(prefix, 10_000);
            byte[] packet = new byte[length];
            System.arraycopy(prefix, 0, packet, 0, prefix.length);
            in.readFully(packet, prefix.length, length - prefix.length);
            return PacketCodec.decode(packet);
        }

        String text() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        /** Also that the connection is closed then. */
        void verifyRefused(RefusalCode code, String text) throws IOException {
            assertThat(answer()).isInstanceOfSatisfying(Answer.Refusal.class, refusal -> {
                assertThat(refusal.code()).isEqualTo(code);
                assertThat(refusal.text()).contains(text);
            });
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}

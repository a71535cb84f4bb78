package stream.weir.network.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.PeerFailedException;
import stream.weir.network.RefusedException;
import stream.weir.network.TestNetwork;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.control.Address;

@Timeout(60)
final class ControlIT {
    private static final Hello.Control HELLO =
            new Hello.Control("p", "i-1", "by-carrier", "r1", new Address("10.0.0.7", 7000));

    private final TestNetwork networks = new TestNetwork();
    private final Network network = networks.open(TestNetwork.PATIENT);

    @AfterEach
    void close() {
        networks.close();
    }

    @Test
    void when_messages_are_sent_then_they_arrive_in_order_both_ways() {
        Coordinator coordinator = new Coordinator(Optional.empty());
        Process process = new Process(HELLO, coordinator.address());
        ControlPeer peer = coordinator.connected();
        process.connected();

        for (int i = 0; i < 1_000; i++) {
            assertThat(process.client.send(bytes("up " + i))).isTrue();
            assertThat(peer.session().send(bytes("down " + i))).isTrue();
        }

        for (int i = 0; i < 1_000; i++) {
            assertThat(TestNetwork.next(coordinator.events)).isEqualTo("i-1 up " + i);
            assertThat(TestNetwork.next(process.events)).isEqualTo("down " + i);
        }
        assertThat(peer.hello()).isEqualTo(HELLO);
    }

    @Test
    void when_a_coordinator_waits_then_the_one_it_points_to_is_found() {
        Coordinator leader = new Coordinator(Optional.empty());
        Coordinator waiting = new Coordinator(
                Optional.of(new Answer.Refusal(RefusalCode.NOT_LEADER, "term 3 leads", Optional.of(leader.address()))));

        Process process = new Process(HELLO, waiting.address());

        assertThat(TestNetwork.next(process.events)).startsWith("failed NOT_LEADER");
        process.connected();
        leader.connected();
    }

    @Test
    void when_nobody_leads_then_all_are_tried_until_somebody_does() {
        Coordinator first = new Coordinator(Optional.of(new Answer.Refusal(RefusalCode.NOT_LEADER, "no lease")));
        Coordinator second = new Coordinator(Optional.of(new Answer.Refusal(RefusalCode.NOT_LEADER, "no lease")));
        Process process = new Process(HELLO, first.address(), second.address());
        for (int i = 0; i < 4; i++) {
            assertThat(TestNetwork.next(process.events)).startsWith("failed NOT_LEADER");
        }

        second.refusal = Optional.empty();

        second.connected();
    }

    @Test
    void when_the_process_says_goodbye_then_the_coordinator_sees_no_error() {
        Coordinator coordinator = new Coordinator(Optional.empty());
        Process process = new Process(HELLO, coordinator.address());
        coordinator.connected();
        process.connected();

        process.client.close();

        assertThat(TestNetwork.next(coordinator.events)).isEqualTo("i-1 disconnected Optional.empty");
        assertThat(process.client.send(bytes("late"))).isFalse();
    }

    @Test
    void when_a_session_is_failed_then_the_process_reads_why_and_connects_again() {
        Coordinator coordinator = new Coordinator(Optional.empty());
        Process process = new Process(HELLO, coordinator.address());
        ControlPeer peer = coordinator.connected();
        process.connected();

        peer.session().fail("term 4 leads");

        assertThat(TestNetwork.next(process.events))
                .startsWith("disconnected " + PeerFailedException.class.getSimpleName())
                .endsWith("says: term 4 leads");
        process.connected();
        coordinator.connected();
        assertThat(peer.session().send(bytes("late"))).isFalse();
    }

    @Test
    void when_a_process_connects_twice_then_the_second_session_ends_the_first() {
        Coordinator coordinator = new Coordinator(Optional.empty());
        Process first = new Process(HELLO, coordinator.address());
        coordinator.connected();
        first.connected();

        Process second = new Process(HELLO, coordinator.address());

        assertThat(TestNetwork.next(coordinator.events))
                .startsWith("i-1 disconnected Optional[")
                .contains("process i-1 has connected again");
        coordinator.connected();
        second.connected();
        first.client.close();
    }

    @Test
    void when_the_pipeline_is_another_then_the_process_is_refused_with_both_named() {
        Coordinator coordinator = new Coordinator(Optional.empty());
        Process process =
                new Process(new Hello.Control("q", "i-1", "b", "r1", new Address("h", 1)), coordinator.address());

        assertThat(TestNetwork.next(process.events))
                .startsWith("failed OTHER_PIPELINE")
                .endsWith("stage b of pipeline q has called the coordinator of pipeline p");
    }

    @Test
    void when_a_message_is_too_large_then_it_is_not_sent_and_the_limit_is_named() {
        Network small = networks.open(TestNetwork.PATIENT.withLimits(1 << 20, 1_000));
        Coordinator coordinator = new Coordinator(Optional.empty());
        Process process = new Process(small, HELLO, coordinator.address());
        ControlPeer peer = coordinator.connected();
        process.connected();

        assertThatThrownBy(() -> process.client.send(new byte[1_001]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than network.maxPayloadBytes, which is 1000");
        peer.session().send(new byte[1_001]);

        assertThat(TestNetwork.next(process.events)).contains("BAD_LENGTH", "from 14 to 1014 bytes");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private final class Coordinator implements ControlServerListener {
        private final BlockingQueue<ControlPeer> peers = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final Listening listening;
        private volatile Optional<Answer.Refusal> refusal;

        Coordinator(Optional<Answer.Refusal> refusal) {
            this.refusal = refusal;
            this.listening = TestNetwork.listen(
                    network,
                    Acceptors.forControl(
                            ControlServer.of("p", network.settings().maxPayloadBytes(), this)));
        }

        Address address() {
            return listening.address();
        }

        ControlPeer connected() {
            return TestNetwork.next(peers);
        }

        @Override
        public Optional<Answer.Refusal> refusal(Hello.Control hello) {
            return refusal;
        }

        @Override
        public void connected(ControlPeer peer) {
            peers.add(peer);
        }

        @Override
        public void message(ControlPeer peer, byte[] message) {
            events.add(peer.instance() + " " + text(message));
        }

        @Override
        public void disconnected(ControlPeer peer, Optional<Throwable> why) {
            events.add(peer.instance() + " disconnected " + why);
        }
    }

    private final class Process implements ControlClientListener {
        private final BlockingQueue<Address> sessions = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
        private final ControlClient client;

        Process(Hello.Control hello, Address... coordinators) {
            this(network, hello, coordinators);
        }

        Process(Network from, Hello.Control hello, Address... coordinators) {
            this.client = ControlClient.start(
                    from,
                    new ControlClientSettings(Duration.ofMillis(10), Duration.ofMillis(50)),
                    new ControlClient.Coordinators(
                            () -> CompletableFuture.completedFuture(List.of(coordinators)), () -> 0.5),
                    hello,
                    this);
        }

        void connected() {
            TestNetwork.next(sessions);
        }

        @Override
        public void connected(ControlSession session, Address coordinator) {
            sessions.add(coordinator);
        }

        @Override
        public void message(byte[] message) {
            events.add(text(message));
        }

        @Override
        public void disconnected(Optional<Throwable> why) {
            events.add("disconnected "
                    + why.map(error -> error.getClass().getSimpleName() + ": " + error.getMessage())
                            .orElse("with goodbye"));
        }

        @Override
        public void attemptFailed(Address coordinator, Throwable why) {
            events.add("failed "
                    + (why instanceof RefusedException refused
                            ? refused.refusal().code() + " " + refused.refusal().text()
                            : why.getMessage()));
        }
    }
}

package stream.weir.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.membership.InstanceDesk;
import stream.weir.coordinator.membership.KnownProcess;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.TestStore;
import stream.weir.network.Acceptors;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.TestNetwork;
import stream.weir.network.control.ControlClient;
import stream.weir.network.control.ControlClientListener;
import stream.weir.network.control.ControlClientSettings;
import stream.weir.network.control.ControlPeer;
import stream.weir.network.control.ControlServer;
import stream.weir.network.control.ControlServerListener;
import stream.weir.network.control.ControlSession;
import stream.weir.network.wire.Answer;
import stream.weir.network.wire.Hello;
import stream.weir.network.wire.RefusalCode;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.wire.ControlCodec;

/** Real connections, a real desk behind them, and time that stands still: what is lost is lost because of a connection. */
@Timeout(120)
final class ControlDeskIT {
    private static final PipelineDescription PIPELINE =
            new PipelineDescription("p", List.of(new StageDescription("sum", 2, false)));
    private static final Hello.Control HELLO =
            new Hello.Control("p", "sum-1", "sum", "r1", new Address("10.0.0.7", 7000));

    private final ControlCodec codec = ControlCodec.withDefaults();
    private final TestNetwork networks = new TestNetwork();
    private final Network network = networks.open(TestNetwork.PATIENT);
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final ControlDesk connections = new ControlDesk(codec);
    private final Watched watched = new Watched();
    private Listening listening;

    @BeforeEach
    void listen() {
        listening = TestNetwork.listen(
                network,
                Acceptors.forControl(ControlServer.of("p", network.settings().maxPayloadBytes(), watched)));
    }

    @AfterEach
    void close() {
        networks.close();
        loop.close();
    }

    @Test
    void when_a_process_connects_again_then_it_is_the_same_one_and_is_spoken_to_by_the_new_connection() {
        InstanceDesk desk = lead();
        Process first = new Process(1);
        watched.connected();
        assertThat(first.told()).isEqualTo(new ToInstance.Lead("p", 1));

        Process second = new Process(1);
        watched.connected();

        assertThat(second.told()).isEqualTo(new ToInstance.Lead("p", 1));
        assertThat(TestNetwork.next(first.ends)).contains("process sum-1 has connected again");
        assertThat(processes(desk)).extracting(KnownProcess::connected).containsExactly(true);
    }

    @Test
    void when_the_end_of_the_replaced_connection_is_heard_later_then_it_says_nothing() {
        InstanceDesk desk = lead();
        Process first = new Process(1);
        ControlPeer replaced = watched.connected();
        first.told();
        Process second = new Process(1);
        watched.connected();
        second.told();

        connections.disconnected(replaced, Optional.of(new IllegalStateException("broken")));
        connections.send("sum-1", new ToInstance.Leave(ToInstance.Departure.SURPLUS, "enough"));

        assertThat(processes(desk)).extracting(KnownProcess::connected).containsExactly(true);
        assertThat(second.told()).isEqualTo(new ToInstance.Leave(ToInstance.Departure.SURPLUS, "enough"));
    }

    @Test
    void when_the_present_connection_breaks_then_the_process_is_not_connected() {
        InstanceDesk desk = lead();
        Process process = new Process(1);
        ControlPeer peer = watched.connected();
        process.told();

        connections.disconnected(peer, Optional.of(new IllegalStateException("broken")));

        assertThat(processes(desk)).noneMatch(KnownProcess::connected);
    }

    @Test
    void when_a_message_cannot_be_read_then_the_connection_ends_and_the_process_reads_why() {
        InstanceDesk desk = lead();
        Process process = new Process(2);
        watched.connected();
        process.told();

        assertThat(process.client.send(new byte[] {99, 1, 2})).isTrue();

        assertThat(TestNetwork.next(process.ends)).contains("says: ");
        watched.connected();
        assertThat(process.told()).isEqualTo(new ToInstance.Lead("p", 1));
        assertThat(processes(desk)).extracting(KnownProcess::connected).containsExactly(true);
    }

    @Test
    void when_the_office_is_lost_then_processes_are_sent_away_and_turned_away_with_the_leader() {
        lead();
        Process process = new Process(1);
        watched.connected();
        process.told();

        connections.leaderIs(Optional.of(new Address("other", 7071)));
        connections.close();

        assertThat(TestNetwork.next(process.ends)).contains("this coordinator leads no more");
        assertThat(connections.refusal(HELLO).orElseThrow())
                .isEqualTo(new Answer.Refusal(
                        RefusalCode.NOT_LEADER,
                        "this coordinator of p waits to lead",
                        Optional.of(new Address("other", 7071))));
    }

    /** A desk whose timers never go off. */
    private InstanceDesk lead() {
        CoordinatorPorts ports =
                new CoordinatorPorts(loop, loop, (delay, task) -> () -> {}, () -> 0, InstantSource.system(), () -> "n");
        Leading leading = Leading.of(
                new JobPlan(PIPELINE, CoordinatorConfig.defaults(), MembershipConfig.defaults(), StartOptions.newest()),
                StartOptions.newest(),
                new Leading.Surroundings(
                        new TestStore(),
                        ports,
                        connections,
                        StatusBoard.of(PIPELINE, InstantSource.system(), view -> {}),
                        new NoEnd()));
        InstanceDesk desk = leading.desk();
        leading.loop().lead(StartOptions.newest());
        CompletableFuture.runAsync(() -> {}, loop).join();
        connections.open(desk);
        return desk;
    }

    private List<KnownProcess> processes(InstanceDesk desk) {
        return CompletableFuture.supplyAsync(desk::processes, loop).join();
    }

    /** A leadership that nothing here ends. */
    static final class NoEnd implements Leading.Endings {
        @Override
        public void over() {
            throw new AssertionError("the job is not over");
        }

        @Override
        public void fenced(String detail) {
            throw new AssertionError(detail);
        }

        @Override
        public void storeFailed(String detail) {
            throw new AssertionError(detail);
        }
    }

    /** Passes all on, and tells of connections. */
    private final class Watched implements ControlServerListener {
        private final BlockingQueue<ControlPeer> peers = new LinkedBlockingQueue<>();

        /** The next one that the desk knows of. */
        ControlPeer connected() {
            return TestNetwork.next(peers);
        }

        @Override
        public Optional<Answer.Refusal> refusal(Hello.Control hello) {
            return connections.refusal(hello);
        }

        @Override
        public void connected(ControlPeer peer) {
            connections.connected(peer);
            peers.add(peer);
        }

        @Override
        public void message(ControlPeer peer, byte[] message) {
            connections.message(peer, message);
        }

        @Override
        public void disconnected(ControlPeer peer, Optional<Throwable> why) {
            connections.disconnected(peer, why);
        }
    }

    private final class Process implements ControlClientListener {
        private final BlockingQueue<ToInstance> messages = new LinkedBlockingQueue<>();
        private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
        private final AtomicInteger left;
        private final ControlClient client;

        /** @param times that it connects */
        Process(int times) {
            left = new AtomicInteger(times);
            client = ControlClient.start(
                    network,
                    new ControlClientSettings(Duration.ofMillis(10), Duration.ofMillis(50)),
                    new ControlClient.Coordinators(this::coordinators, () -> 0.5),
                    HELLO,
                    this);
        }

        private CompletableFuture<List<Address>> coordinators() {
            return left.getAndDecrement() > 0
                    ? CompletableFuture.completedFuture(List.of(listening.address()))
                    : new CompletableFuture<>();
        }

        ToInstance told() {
            return TestNetwork.next(messages);
        }

        @Override
        public void connected(ControlSession session, Address coordinator) {}

        @Override
        public void message(byte[] message) {
            messages.add(codec.decodeToInstance(message));
        }

        @Override
        public void disconnected(Optional<Throwable> why) {
            ends.add(String.valueOf(why));
        }

        @Override
        public void attemptFailed(Address coordinator, Throwable why) {}
    }
}

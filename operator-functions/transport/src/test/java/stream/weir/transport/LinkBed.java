package stream.weir.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import stream.weir.network.Acceptors;
import stream.weir.network.FaultProxy;
import stream.weir.network.Listening;
import stream.weir.network.Network;
import stream.weir.network.NetworkSettings;
import stream.weir.network.TestNetwork;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.FrameSource;
import stream.weir.runtime.channel.InboundChannel;
import stream.weir.runtime.channel.Inbox;
import stream.weir.runtime.channel.OutboundChannel;
import stream.weir.runtime.channel.OutboundRun;
import stream.weir.runtime.channel.WakeUp;
import stream.weir.runtime.channel.connector.ReceivingEnd;
import stream.weir.runtime.channel.connector.SendingEnd;

/** A writing and a reading process, and a proxy between them. */
final class LinkBed implements AutoCloseable {
    static final Link LINK = new Link("a", 0, "", "b", 0);
    static final int CREDIT = 10_000;

    private static final long PATIENCE_NANOS = 20_000_000_000L;
    private static final Duration RECONNECT_WITHIN = Duration.ofSeconds(1);

    final TestNetwork networks = new TestNetwork();
    final Network network;
    final TcpTransport writing;
    final TcpTransport reading;
    final Listening listening;
    final FaultProxy proxy;
    final OutboundChannel outbound;
    final InboundChannel inbound;
    final WakeUp wakeUp = new WakeUp();
    final Inbox inbox = new Inbox();
    private final List<Long> sequences = new ArrayList<>();

    private LinkBed(NetworkSettings settings, long sendersCredit, Duration reconnectWithin) throws IOException {
        network = networks.open(settings);
        TcpTransportSettings transport =
                TcpTransportSettings.defaults().within(Duration.ofSeconds(20), reconnectWithin);
        writing = TcpTransport.of(network, "p", "writing", transport);
        reading = TcpTransport.of(network, "p", "reading", transport);
        listening = TestNetwork.listen(network, Acceptors.forData(reading.acceptor()));
        proxy = FaultProxy.before(listening.address());
        writing.route(Map.of(new ReplicaId("b", 0), proxy.address()));
        outbound = OutboundChannel.forRuns("p", sendersCredit, System::nanoTime);
        outbound.subscribe(writing.subscriber(new SendingEnd("a", SendingEnd.ANY_REPLICA, "", "b")));
        inbound = InboundChannel.forRuns(
                reading.publisher(new ReceivingEnd("b", ReceivingEnd.ANY_REPLICA, "a", "")), "p", CREDIT, reading);
    }

    static LinkBed open() throws IOException {
        return open(TestNetwork.QUICK, CREDIT);
    }

    static LinkBed open(NetworkSettings settings, long sendersCredit) throws IOException {
        return new LinkBed(settings, sendersCredit, RECONNECT_WITHIN);
    }

    /** Its link is never lost while connections come back at all. */
    static LinkBed patient() throws IOException {
        return new LinkBed(TestNetwork.QUICK, CREDIT, Duration.ofMinutes(1));
    }

    /** Both ends begin a run. */
    void beginRun(long run) {
        read(run, inbox);
        write(run);
    }

    FrameSource read(long run, Inbox listener) {
        FrameSource source = inbound.beginRun(run, List.of(LINK));
        source.subscribe(listener);
        return source;
    }

    OutboundRun write(long run) {
        OutboundRun begun = outbound.beginRun(run, List.of(LINK));
        begun.sink(LINK).onWritable(wakeUp);
        return begun;
    }

    FrameSink sink() {
        return outbound.sink(LINK);
    }

    boolean offer(long run, long sequence, int creditBytes) {
        int length = creditBytes - Frame.OVERHEAD_BYTES;
        return sink().offer(new Frame("p", run, LINK, sequence, new Frame.Records(new byte[length], 0, length, 1)));
    }

    void send(long run, long sequence, int creditBytes) {
        soon("credit for frame " + sequence, () -> offer(run, sequence, creditBytes));
    }

    /** Takes so many frames, which have to come without gap or duplicate. */
    void consume(int frames) {
        for (int i = 0; i < frames; i++) {
            Inbox.Received received = inbox.frame();
            long sequence = received.message().getPayload().sequence();
            assertThat(sequence).isEqualTo(sequences.size());
            sequences.add(sequence);
            received.message().ack();
        }
    }

    static void soon(String what, BooleanSupplier condition) {
        for (long start = System.nanoTime(); !condition.getAsBoolean(); Thread.yield()) {
            assertThat(System.nanoTime() - start).as(what).isLessThan(PATIENCE_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        networks.close();
    }
}

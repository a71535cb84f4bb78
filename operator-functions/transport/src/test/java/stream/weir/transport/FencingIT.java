package stream.weir.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.transport.LinkBed.CREDIT;
import static stream.weir.transport.LinkBed.LINK;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.network.TestNetwork;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.frame.Frame;
import stream.weir.runtime.channel.FrameSource;
import stream.weir.runtime.channel.Inbox;
import stream.weir.runtime.channel.LinkClosedException;
import stream.weir.runtime.channel.OutboundChannel;
import stream.weir.runtime.channel.OutboundRun;
import stream.weir.runtime.channel.connector.SendingEnd;

/** Runs, pipelines and limits that do not fit together. */
@Timeout(60)
final class FencingIT {
    private final LinkBed bed = LinkBed.open();

    FencingIT() throws IOException {}

    @AfterEach
    void close() throws IOException {
        bed.close();
    }

    @Test
    void when_a_sender_is_in_an_older_run_then_it_is_refused_with_both_named_and_the_reader_goes_on() {
        bed.read(7, bed.inbox);

        bed.write(6);

        closedAtSender("pipeline p, run 6, is refused: FENCED: run 6 < 7");
        bed.write(7);
        bed.send(7, 0, 100);
        bed.consume(1);
    }

    @Test
    void when_a_sender_is_in_a_newer_run_then_it_waits_for_the_reader() {
        bed.read(1, new Inbox());
        bed.write(2);
        assertThat(bed.offer(2, 0, 100)).isTrue();
        LinkBed.soon("refused for now", () -> bed.network.refusedConnections() >= 2);

        bed.read(2, bed.inbox);

        bed.consume(1);
    }

    @Test
    void when_a_run_follows_another_on_the_same_channels_then_it_begins_anew() {
        bed.read(1, new Inbox());
        OutboundRun first = bed.write(1);
        bed.offer(1, 0, 100);
        first.end();

        bed.beginRun(2);

        for (int i = 0; i < 500; i++) {
            bed.send(2, i, 100);
            bed.consume(1);
        }
        bed.sink().close();
        assertThat(bed.inbox.closed().error()).isEmpty();
    }

    @Test
    void when_the_reader_ends_its_run_then_the_sender_learns_so() {
        FrameSource source = bed.read(1, bed.inbox);
        bed.write(1);
        bed.send(1, 0, 100);
        bed.consume(1);

        source.close();

        closedAtSender("the reading replica has closed it");
    }

    @Test
    void when_the_pipeline_is_another_then_the_link_is_refused_with_both_named() {
        bed.read(1, bed.inbox);
        TcpTransport stranger = TcpTransport.of(bed.network, "q", "stranger", TcpTransportSettings.defaults());
        stranger.route(Map.of(new ReplicaId("b", 0), bed.listening.address()));
        OutboundChannel channel = OutboundChannel.forRuns("q", CREDIT, System::nanoTime);
        channel.subscribe(stranger.subscriber(new SendingEnd("a", 0, "", "b")));

        OutboundRun run = channel.beginRun(1, List.of(LINK));

        LinkBed.soon("refused", () -> isClosed(run));
        assertThatThrownBy(() -> run.sink(LINK).offer(new Frame("q", 1, LINK, 0, new Frame.End())))
                .hasMessageContaining("link a-0->b-0 of pipeline q, run 1, has called a process of pipeline p");
    }

    @Test
    void when_a_second_sender_claims_the_link_then_it_is_refused() throws IOException {
        bed.beginRun(1);
        bed.send(1, 0, 100);
        bed.consume(1);
        OutboundChannel zombie = OutboundChannel.forRuns("p", CREDIT, System::nanoTime);
        zombie.subscribe(bed.writing.subscriber(new SendingEnd("a", 0, "", "b")));

        OutboundRun run = zombie.beginRun(1, List.of(LINK));

        LinkBed.soon("refused", () -> isClosed(run));
        bed.send(1, 1, 100);
        bed.consume(1);
    }

    @Test
    void when_credit_differs_then_the_link_is_closed_and_both_values_are_named() throws IOException {
        try (LinkBed uneven = LinkBed.open(TestNetwork.QUICK, 2 * CREDIT)) {
            uneven.beginRun(1);

            uneven.wakeUp.await();
            assertThatThrownBy(() -> uneven.offer(1, 0, 100))
                    .hasMessageContaining("a credit of 20000 bytes at its sender and of 10000 at its reader");
        }
    }

    @Test
    void when_a_frame_is_larger_than_allowed_then_the_key_is_named() throws IOException {
        try (LinkBed small = LinkBed.open(TestNetwork.QUICK.withLimits(5_000, 5_000), CREDIT)) {
            small.beginRun(1);

            small.send(1, 0, 6_000);

            small.wakeUp.await();
            assertThatThrownBy(() -> small.offer(1, 1, 100))
                    .isInstanceOf(LinkClosedException.class)
                    .hasMessageContaining("frame.maxBytes allows 5000");
        }
    }

    private void closedAtSender(String message) {
        bed.wakeUp.await();
        assertThatThrownBy(() -> bed.offer(6, 0, 100))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining(message);
    }

    private static boolean isClosed(OutboundRun run) {
        try {
            run.sink(LINK).offer(new Frame("p", run.run(), LINK, 0, new Frame.Idle()));
            return false;
        } catch (LinkClosedException e) {
            return true;
        }
    }
}

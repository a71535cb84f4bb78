package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.connector.ReceivingEnd;
import stream.weir.runtime.channel.connector.SendingEnd;
import stream.weir.runtime.channel.connector.Transport;

/** What every transport has to keep, from a replica's {@link FrameSink} to another's {@link FrameListener}. */
public abstract class ChannelContract {
    protected static final String PIPELINE = "p";
    private static final long RUN = 3;
    private static final int CREDIT = 1_000;
    private static final long PATIENCE_NANOS = 20_000_000_000L;

    /** Two readers of one sender, and a second sender to the first reader. */
    private static final Link LINK = new Link("a", 0, "", "b", 0);

    private static final Link OTHER_READER = new Link("a", 0, "", "b", 1);
    private static final Link OTHER_SENDER = new Link("a", 1, "", "b", 0);
    private static final List<Link> LINKS = List.of(LINK, OTHER_READER, OTHER_SENDER);

    private final Map<Link, AtomicLong> sequences = new ConcurrentHashMap<>();
    private final WakeUp wakeUp = new WakeUp();

    /**
     * The two sides of a transport that carries these links of {@link #PIPELINE}; the same object where one is both.
     */
    protected abstract Sides connect(List<Link> links);

    /** @param gate of the receiving side */
    public record Sides(Transport sending, Transport receiving, LinkGate gate) {}

    @Test
    void when_frames_are_sent_then_they_arrive_in_order_link_by_link() {
        Ends ends = ends(RUN);
        List<Long> arrived = new ArrayList<>();

        for (int i = 0; i < 2_000; i++) {
            ends.sendWhenThereIsCredit(LINK, 100);
            ends.sendWhenThereIsCredit(OTHER_SENDER, 70 + i % 50);
            for (int both = 0; both < 2; both++) {
                Inbox.Received received = ends.inbox.frame();
                received.message().ack();
                if (received.link().equals(LINK)) {
                    arrived.add(received.message().getPayload().sequence());
                }
            }
        }

        assertThat(arrived).hasSize(2_000).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void when_frames_are_not_consumed_then_no_more_than_the_credit_is_on_its_way() {
        Ends ends = ends(RUN);

        assertThat(ends.sendAsMuchAsPossible(LINK, 100)).isEqualTo(10);

        assertThat(ends.inFlight(LINK)).isEqualTo(CREDIT);
        assertThat(ends.sink(LINK).writable()).isFalse();
    }

    @Test
    void when_a_frame_is_refused_then_the_link_is_not_writable_until_there_is_credit_for_that_frame() {
        Ends ends = ends(RUN);
        for (int i = 0; i < 8; i++) {
            ends.send(LINK, 100);
        }
        boolean writable = ends.sink(LINK).writable();

        boolean sent = ends.send(LINK, 300);

        assertThat(writable).isTrue();
        assertThat(sent).isFalse();
        assertThat(ends.sink(LINK).writable()).isFalse();
        ends.inbox.consume(8);
        wakeUp.await();
        assertThat(ends.sink(LINK).writable()).isTrue();
        assertThat(ends.send(LINK, 300)).isTrue();
    }

    @Test
    void when_frames_are_consumed_then_the_sender_is_woken_and_may_go_on() {
        Ends ends = ends(RUN);
        ends.sendAsMuchAsPossible(LINK, 100);

        ends.inbox.consume(10);

        wakeUp.await();
        ends.awaitAllConsumed(LINK);
        assertThat(ends.sendAsMuchAsPossible(LINK, 100)).isEqualTo(10);
    }

    @Test
    void when_little_credit_is_back_then_the_sender_is_let_be() {
        Ends ends = ends(RUN);
        ends.sendAsMuchAsPossible(LINK, 100);

        ends.inbox.consume(1);

        assertThat(wakeUp.count()).isZero();
        ends.inbox.consume(9);
        wakeUp.await();
    }

    @Test
    void when_a_frame_is_acknowledged_twice_then_its_credit_comes_back_once() {
        Ends ends = ends(RUN);
        ends.sendAsMuchAsPossible(LINK, 100);
        Inbox.Received received = ends.inbox.frame();

        received.message().ack();
        received.message().ack();
        ends.inbox.consume(9);

        wakeUp.await();
        ends.awaitAllConsumed(LINK);
    }

    @Test
    void when_a_frame_is_larger_than_the_whole_credit_then_it_passes_alone() {
        Ends ends = ends(RUN);
        ends.send(LINK, 100);
        assertThat(ends.send(LINK, 5 * CREDIT)).isFalse();

        ends.inbox.consume(1);
        wakeUp.await();
        assertThat(ends.send(LINK, 5 * CREDIT)).isTrue();
        assertThat(ends.send(LINK, 64)).isFalse();

        ends.inbox.consume(1);
        wakeUp.await();
        assertThat(ends.send(LINK, 64)).isTrue();
    }

    @Test
    void when_one_link_is_stuck_then_the_others_go_on() {
        Ends ends = ends(RUN);
        ends.sendAsMuchAsPossible(LINK, 100);
        ends.sendAsMuchAsPossible(OTHER_READER, 64);
        List<Inbox.Received> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(ends.inbox.frame());
        }

        for (int i = 0; i < 5_000; i++) {
            ends.sendWhenThereIsCredit(OTHER_SENDER, 64);
            ends.inbox.consume(1);
        }

        held.forEach(received -> received.message().ack());
        wakeUp.await();
        assertThat(ends.send(LINK, 100)).isTrue();
    }

    @Test
    void when_the_sender_says_goodbye_then_the_reader_sees_it_after_the_last_frame() {
        Ends ends = ends(RUN);
        ends.send(LINK, 100);
        ends.send(LINK, 100);

        ends.sink(LINK).close();
        ends.sink(LINK).close();

        ends.inbox.consume(2);
        assertThat(ends.inbox.closed()).isEqualTo(new Inbox.Closed(LINK, Optional.empty()));
        assertThatThrownBy(() -> ends.send(LINK, 100)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void when_one_link_is_closed_then_the_others_go_on() {
        Ends ends = ends(RUN);

        ends.sink(LINK).close();
        assertThat(ends.inbox.closed().link()).isEqualTo(LINK);

        assertThat(ends.send(OTHER_SENDER, 100)).isTrue();
        ends.inbox.consume(1);
        ends.sink(OTHER_SENDER).close();
        assertThat(ends.inbox.closed().link()).isEqualTo(OTHER_SENDER);
        assertThat(ends.inbox.isEmpty()).isTrue();
    }

    @Test
    void when_the_sender_is_out_of_credit_then_its_goodbye_still_gets_through() {
        Ends ends = ends(RUN);
        ends.sendAsMuchAsPossible(LINK, 100);

        ends.sink(LINK).close();

        for (int i = 0; i < 10; i++) {
            ends.inbox.frame();
        }
        assertThat(ends.inbox.closed().error()).isEmpty();
    }

    @Test
    void when_the_reader_closes_then_a_waiting_sender_is_woken_and_told() {
        Ends ends = ends(RUN);
        ends.sendAsMuchAsPossible(LINK, 100);
        ends.inbox.frame();

        ends.source.close();

        wakeUp.await();
        assertThat(ends.sink(LINK).writable()).isTrue();
        assertThatThrownBy(() -> ends.send(LINK, 100))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("link a-0->b-0 is closed by the other side");
    }

    @Test
    void when_a_frame_is_refused_by_the_reader_then_the_sender_learns_why() {
        Ends ends = ends(RUN);
        ends.send(LINK, 100);

        ends.inbox.frame().message().nack(new IllegalStateException("cannot read this"));

        wakeUp.await();
        assertThatThrownBy(() -> ends.send(LINK, 100))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("cannot read this")
                .hasCauseInstanceOf(Exception.class);
    }

    @Test
    void when_a_frame_is_of_another_run_then_its_sender_learns_so_and_nothing_changes_here() {
        Ends ends = ends(RUN - 1);

        // Its sender may be told before the first frame: links connect as soon as they are open.
        assertThatThrownBy(() -> {
                    ends.send(LINK, 100);
                    wakeUp.await();
                    ends.send(LINK, 100);
                })
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("pipeline p, run 2,")
                .hasMessageContaining("FENCED: run 2 < 3");
        assertThat(ends.inbox.isEmpty()).isTrue();
    }

    @Test
    void when_a_frame_is_of_another_pipeline_then_it_is_refused_with_both_named() {
        Ends ends = ends(RUN);

        ends.sink(LINK).offer(new Frame("q", RUN, LINK, 0, records(100)));

        verifyRefused(ends, "in pipeline q, run 3, is refused by pipeline p, run 3");
    }

    @Test
    void when_a_frame_is_missing_then_the_next_one_is_refused() {
        Ends ends = ends(RUN);
        ends.send(LINK, 100);
        ends.inbox.consume(1);

        ends.sink(LINK).offer(new Frame(PIPELINE, RUN, LINK, 2, records(100)));

        verifyRefused(ends, "expected sequence number 1, found 2");
    }

    @Test
    void when_threads_send_and_read_at_full_speed_then_nothing_is_lost_and_credit_is_kept() {
        int frames = 100_000;
        Ends ends = ends(RUN);
        Map<Link, Long> expected = new HashMap<>(Map.of(LINK, 0L, OTHER_SENDER, 0L));

        CompletableFuture<Long> first = CompletableFuture.supplyAsync(() -> ends.pump(LINK, frames));
        CompletableFuture<Long> second = CompletableFuture.supplyAsync(() -> ends.pump(OTHER_SENDER, frames));
        for (int open = 2; open > 0; ) {
            switch (ends.inbox.next()) {
                case Inbox.Received(Link link, Message<Frame> message) -> {
                    assertThat(message.getPayload().sequence()).isEqualTo(expected.get(link));
                    expected.merge(link, 1L, Long::sum);
                    message.ack();
                }
                case Inbox.Closed(Link link, Optional<Throwable> error) -> {
                    assertThat(error).isEmpty();
                    assertThat(expected).containsEntry(link, (long) frames);
                    open--;
                }
            }
        }

        assertThat(first.join()).isLessThanOrEqualTo(CREDIT);
        assertThat(second.join()).isLessThanOrEqualTo(CREDIT);
        ends.awaitAllConsumed(LINK);
        ends.awaitAllConsumed(OTHER_SENDER);
    }

    private void verifyRefused(Ends ends, String message) {
        Inbox.Closed closed = ends.inbox.closed();
        assertThat(closed.link()).isEqualTo(LINK);
        assertThat(closed.error()).hasValueSatisfying(error -> assertThat(error)
                .isInstanceOf(FrameRefusedException.class)
                .hasMessageContaining(message));
        wakeUp.await();
        assertThatThrownBy(() -> ends.send(LINK, 100))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining(message);
    }

    /** Senders of run {@code sendersRun}, readers of {@link #RUN}; the first reader has the inbox. */
    private Ends ends(long sendersRun) {
        Sides sides = connect(LINKS);
        Map<Link, OutboundChannel> channels = new HashMap<>();
        for (List<Link> its : List.of(List.of(LINK, OTHER_READER), List.of(OTHER_SENDER))) {
            OutboundChannel channel = OutboundChannel.of(PIPELINE, sendersRun, its, CREDIT, System::nanoTime);
            channel.subscribe(sides.sending().subscriber(SendingEnd.of(its.getFirst())));
            its.forEach(link -> channels.put(link, channel));
        }
        Inbox inbox = new Inbox();
        source(sides, List.of(OTHER_READER)).subscribe(new Inbox());
        FrameSource source = source(sides, List.of(LINK, OTHER_SENDER));
        source.subscribe(inbox);
        Ends ends = new Ends(channels, source, inbox, sendersRun);
        ends.sink(LINK).onWritable(wakeUp);
        return ends;
    }

    private static FrameSource source(Sides sides, List<Link> links) {
        return InboundChannel.forRuns(
                        sides.receiving().publisher(ReceivingEnd.of(links.getFirst())), PIPELINE, CREDIT, sides.gate())
                .beginRun(RUN, links);
    }

    private static Frame.Records records(int creditBytes) {
        int length = creditBytes - Frame.OVERHEAD_BYTES;
        return new Frame.Records(new byte[length], 0, length, 1);
    }

    private final class Ends {
        private final Map<Link, OutboundChannel> channels;
        private final FrameSource source;
        private final Inbox inbox;
        private final long run;

        Ends(Map<Link, OutboundChannel> channels, FrameSource source, Inbox inbox, long run) {
            this.channels = channels;
            this.source = source;
            this.inbox = inbox;
            this.run = run;
        }

        FrameSink sink(Link link) {
            return channel(link).sink(link);
        }

        long inFlight(Link link) {
            return channel(link).inFlightBytes(link);
        }

        private OutboundChannel channel(Link link) {
            return Objects.requireNonNull(channels.get(link));
        }

        /** Offers the next frame of the link, of so many credit bytes. */
        boolean send(Link link, int creditBytes) {
            AtomicLong sequence = sequences.computeIfAbsent(link, any -> new AtomicLong());
            boolean sent = sink(link).offer(new Frame(PIPELINE, run, link, sequence.get(), records(creditBytes)));
            if (sent) {
                sequence.incrementAndGet();
            }
            return sent;
        }

        void sendWhenThereIsCredit(Link link, int creditBytes) {
            soon("credit for " + link, () -> send(link, creditBytes));
        }

        /** Credit may take a moment to come back. */
        void awaitAllConsumed(Link link) {
            soon("all of " + link + " is consumed", () -> inFlight(link) == 0);
        }

        private static void soon(String what, BooleanSupplier condition) {
            for (long start = System.nanoTime(); !condition.getAsBoolean(); Thread.yield()) {
                assertThat(System.nanoTime() - start).as(what).isLessThan(PATIENCE_NANOS);
            }
        }

        /** Sends frames of random sizes and a goodbye; the most bytes of ordinary frames that were on their way. */
        long pump(Link link, int frames) {
            Random random = new Random(link.hashCode());
            WakeUp credit = new WakeUp();
            sink(link).onWritable(credit);
            long most = 0;
            for (int i = 0; i < frames; i++) {
                int bytes = 64 + (random.nextInt(1000) == 0 ? 3 * CREDIT : random.nextInt(300));
                while (!send(link, bytes)) {
                    credit.await();
                }
                most = bytes > CREDIT ? most : Math.max(most, inFlight(link));
            }
            sink(link).close();
            return most;
        }

        int sendAsMuchAsPossible(Link link, int creditBytes) {
            int sent = 0;
            while (send(link, creditBytes)) {
                sent++;
            }
            return sent;
        }
    }
}

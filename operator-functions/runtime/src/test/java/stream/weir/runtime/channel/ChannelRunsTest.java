package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/** Runs that come and go on channels that stay. The ends are put together without a transport. */
final class ChannelRunsTest {
    private static final Link LINK = new Link("a", 0, "", "b", 0);
    private static final Link OTHER = new Link("a", 0, "", "b", 1);
    private static final int CREDIT = 1_000;

    private final List<String> gate = new ArrayList<>();
    private final OutboundChannel outbound = OutboundChannel.forRuns("p", CREDIT, () -> 0);
    private final InboundChannel inbound = InboundChannel.forRuns(outbound, "p", CREDIT, new RecordingGate());

    @Test
    void when_a_run_follows_another_then_its_frames_go_to_its_listener() {
        Inbox first = begin(1, LINK);
        OutboundRun firstRun = outbound.beginRun(1, List.of(LINK));
        firstRun.sink(LINK).offer(frame(1, 0));
        firstRun.end();

        Inbox second = begin(2, LINK, OTHER);
        OutboundRun secondRun = outbound.beginRun(2, List.of(LINK, OTHER));
        secondRun.sink(LINK).offer(frame(2, 0));

        assertThat(first.frame().message().getPayload().run()).isEqualTo(1);
        assertThat(first.closed().error())
                .hasValueSatisfying(error -> assertThat(error).hasMessage("run 1 has ended at the sender"));
        assertThat(second.frame().message().getPayload().run()).isEqualTo(2);
    }

    @Test
    void when_a_frame_of_an_older_run_comes_late_then_its_sender_learns_so_and_the_new_run_goes_on() {
        OutboundRun old = outbound.beginRun(1, List.of(LINK));
        Inbox inbox = begin(2, LINK);

        old.sink(LINK).offer(frame(1, 0));

        assertThatThrownBy(() -> old.sink(LINK).offer(frame(1, 1)))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("FENCED: run 1 < 2");
        outbound.beginRun(2, List.of(LINK)).sink(LINK).offer(frame(2, 0));
        assertThat(inbox.frame().message().getPayload().run()).isEqualTo(2);
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void when_a_frame_of_an_older_run_is_acknowledged_late_then_the_new_run_gets_no_credit_of_it() {
        Inbox first = begin(1, LINK);
        outbound.beginRun(1, List.of(LINK)).sink(LINK).offer(frame(1, 0));
        Message<Frame> late = first.frame().message();
        begin(2, LINK);
        OutboundRun second = outbound.beginRun(2, List.of(LINK));
        second.sink(LINK).offer(frame(2, 0));

        late.ack();

        assertThat(second.inFlightBytes(LINK)).isEqualTo(Frame.OVERHEAD_BYTES);
    }

    @Test
    void when_frames_of_many_runs_were_never_acknowledged_then_there_is_still_demand() {
        for (int run = 0; run < 500; run++) {
            Inbox inbox = begin(run, LINK);
            FrameSink sink = outbound.beginRun(run, List.of(LINK)).sink(LINK);
            for (int i = 0; i < CREDIT / Frame.OVERHEAD_BYTES; i++) {
                assertThat(sink.offer(frame(run, i)))
                        .as("run %d, frame %d", run, i)
                        .isTrue();
                inbox.frame();
            }
        }
    }

    @Test
    void when_runs_begin_and_end_then_the_gate_knows() {
        FrameSource first = inbound.beginRun(1, List.of(LINK));
        assertThat(gate).isEmpty();

        first.subscribe(new Inbox());
        inbound.beginRun(2, List.of(OTHER)).subscribe(new Inbox());

        assertThat(gate).containsExactly("open 1 [a-0->b-0] 1000", "close 1 [a-0->b-0]", "open 2 [a-0->b-1] 1000");
    }

    @Test
    void when_a_run_is_not_newer_then_it_cannot_begin() {
        outbound.beginRun(2, List.of(LINK));
        begin(2, LINK);

        assertThatThrownBy(() -> outbound.beginRun(2, List.of(LINK))).hasMessage("run 2 of p cannot begin after run 2");
        assertThatThrownBy(() -> inbound.beginRun(1, List.of(LINK))).hasMessage("run 1 of p cannot begin after run 2");
    }

    @Test
    void when_a_run_has_ended_then_its_sinks_say_so() {
        begin(1, LINK);
        OutboundRun run = outbound.beginRun(1, List.of(LINK));

        run.end();
        run.end();

        assertThatThrownBy(() -> run.sink(LINK).offer(frame(1, 0)))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("run 1 has ended at the sender");
    }

    private Inbox begin(long run, Link... links) {
        Inbox inbox = new Inbox();
        inbound.beginRun(run, List.of(links)).subscribe(inbox);
        return inbox;
    }

    private static Frame frame(long run, long sequence) {
        return new Frame("p", run, LINK, sequence, new Frame.Watermark(0));
    }

    private final class RecordingGate implements LinkGate {
        @Override
        public void open(long run, Collection<Link> links, long creditBytes) {
            gate.add("open " + run + " " + links + " " + creditBytes);
        }

        @Override
        public void close(long run, Collection<Link> links) {
            if (!links.isEmpty()) {
                gate.add("close " + run + " " + links);
            }
        }
    }
}

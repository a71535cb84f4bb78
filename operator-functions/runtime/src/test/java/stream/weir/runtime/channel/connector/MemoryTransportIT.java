package stream.weir.runtime.channel.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.ChannelContract;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.channel.InboundChannel;
import stream.weir.runtime.channel.Inbox;
import stream.weir.runtime.channel.LinkClosedException;
import stream.weir.runtime.channel.LinkGate;
import stream.weir.runtime.channel.OutboundChannel;

/** Threads take part, hence not a plain test. */
final class MemoryTransportIT extends ChannelContract {
    private static final Link LINK = new Link("a", 0, "", "b", 0);

    @Override
    protected Sides connect(List<Link> links) {
        MemoryTransport transport = MemoryTransport.connecting(PIPELINE, links);
        return new Sides(transport, transport, LinkGate.NONE);
    }

    @Test
    void when_frames_are_sent_before_there_is_a_reader_then_they_wait_within_their_credit() {
        // given
        MemoryTransport transport = MemoryTransport.connecting(PIPELINE, List.of(LINK));
        OutboundChannel channel = OutboundChannel.of(PIPELINE, 1, List.of(LINK), 200, System::nanoTime);
        channel.subscribe(transport.subscriber(SendingEnd.of(LINK)));
        FrameSink sink = channel.sink(LINK);

        // when
        assertThat(sink.offer(control(0))).isTrue();
        assertThat(sink.offer(control(1))).isTrue();
        assertThat(sink.offer(control(2))).isTrue();
        assertThat(sink.offer(control(3))).isFalse();

        // then
        Inbox inbox = new Inbox();
        InboundChannel.of(transport.publisher(ReceivingEnd.of(LINK)), PIPELINE, 1, List.of(LINK), 200)
                .subscribe(inbox);
        inbox.consume(3);
    }

    @Test
    void when_a_frame_travels_then_it_is_not_copied() {
        MemoryTransport transport = MemoryTransport.connecting(PIPELINE, List.of(LINK));
        OutboundChannel channel = OutboundChannel.of(PIPELINE, 1, List.of(LINK), 200, System::nanoTime);
        channel.subscribe(transport.subscriber(SendingEnd.of(LINK)));
        Inbox inbox = new Inbox();
        InboundChannel.of(transport.publisher(ReceivingEnd.of(LINK)), PIPELINE, 1, List.of(LINK), 200)
                .subscribe(inbox);
        Frame frame = control(0);

        channel.sink(LINK).offer(frame);

        assertThat(inbox.frame().message().getPayload()).isSameAs(frame);
    }

    @Test
    void when_an_end_is_not_known_then_the_error_names_it_and_those_that_are() {
        MemoryTransport transport = MemoryTransport.connecting(PIPELINE, List.of(LINK));

        assertThatThrownBy(() -> transport.publisher(new ReceivingEnd("b", 7, "a", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("replica=7")
                .hasMessageContaining("it has [ReceivingEnd[stage=b, replica=0, from=a, output=]]");
    }

    @Test
    void when_the_sending_end_fails_then_the_reader_learns_why() {
        MemoryTransport transport = MemoryTransport.connecting(PIPELINE, List.of(LINK));
        Inbox inbox = new Inbox();
        InboundChannel.of(transport.publisher(ReceivingEnd.of(LINK)), PIPELINE, 1, List.of(LINK), 200)
                .subscribe(inbox);
        IOException cause = new IOException("the wire was cut");

        transport.subscriber(SendingEnd.of(LINK)).onError(cause);

        assertThat(inbox.closed()).isEqualTo(new Inbox.Closed(LINK, Optional.of(cause)));
        assertThat(inbox.isEmpty()).isTrue();
    }

    @Test
    void when_a_link_does_not_lead_to_the_reader_then_its_frames_are_refused() {
        MemoryTransport transport = MemoryTransport.connecting(PIPELINE, List.of(LINK));
        OutboundChannel channel = OutboundChannel.of(PIPELINE, 1, List.of(LINK), 200, System::nanoTime);
        channel.subscribe(transport.subscriber(SendingEnd.of(LINK)));
        Link another = new Link("a", 1, "", "b", 0);
        InboundChannel.of(transport.publisher(ReceivingEnd.of(LINK)), PIPELINE, 1, List.of(another), 200)
                .subscribe(new Inbox());

        channel.sink(LINK).offer(control(0));

        assertThatThrownBy(() -> channel.sink(LINK).offer(control(1)))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("the link does not lead here");
    }

    private static Frame control(long sequence) {
        return new Frame(PIPELINE, 1, LINK, sequence, new Frame.Watermark(0));
    }
}

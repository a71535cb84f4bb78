package stream.weir.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

final class KeptFramesTest {
    private final KeptFrames kept = new KeptFrames();
    private final List<Long> acknowledged = new ArrayList<>();

    @Test
    void when_frames_are_consumed_then_they_are_acknowledged_in_order_and_forgotten() {
        add(0, 5);
        assertThat(write()).containsExactly(0L, 1L, 2L, 3L, 4L);

        assertThat(kept.consumed(3)).isTrue();

        assertThat(acknowledged).containsExactly(0L, 1L, 2L);
        assertThat(kept.oldest()).isEqualTo(3);
    }

    @Test
    void when_a_link_is_resumed_then_what_has_not_arrived_is_written_again_before_what_is_new() {
        add(0, 5);
        write();
        kept.consumed(1);
        add(5, 2);

        assertThat(kept.resume(3)).isTrue();

        assertThat(write()).containsExactly(3L, 4L, 5L, 6L);
        kept.consumed(7);
        assertThat(acknowledged).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void when_a_connection_breaks_twice_then_nothing_is_lost() {
        add(0, 3);
        write();
        kept.resume(0);
        kept.write();

        assertThat(kept.resume(1)).isTrue();

        assertThat(write()).containsExactly(1L, 2L);
        assertThat(kept.resume(0)).isTrue();
        assertThat(write()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void when_the_reader_expects_what_is_not_here_then_the_link_cannot_go_on() {
        add(0, 5);
        write();
        kept.consumed(2);

        assertThat(kept.resume(1)).isFalse();
        assertThat(kept.resume(6)).isFalse();
        assertThat(kept.resume(5)).isTrue();
    }

    @Test
    void when_the_reader_consumes_what_was_not_sent_then_that_is_noticed() {
        add(0, 5);
        kept.write();

        assertThat(kept.consumed(2)).isFalse();
        assertThat(kept.consumed(1)).isTrue();
    }

    private void add(long from, int count) {
        LongStream.range(from, from + count).forEach(sequence -> {
            Frame frame = new Frame("p", 1, new Link("a", 0, "", "b", 0), sequence, new Frame.Idle());
            kept.add(Message.of(frame, () -> {
                acknowledged.add(sequence);
                return CompletableFuture.completedFuture(null);
            }));
        });
    }

    private List<Long> write() {
        List<Long> written = new ArrayList<>();
        for (Optional<Frame> frame = kept.write(); frame.isPresent(); frame = kept.write()) {
            written.add(frame.get().sequence());
        }
        return written;
    }
}

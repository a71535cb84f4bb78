package stream.weir.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.transport.LinkBed.CREDIT;
import static stream.weir.transport.LinkBed.LINK;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import stream.weir.runtime.channel.LinkClosedException;

/** Connections that are cut, stall, are slow or damage what they carry. Times are scaled down: a silent peer is dead after 300 ms. */
@Timeout(60)
final class BrokenConnectionIT {
    private final LinkBed bed;

    BrokenConnectionIT() throws IOException {
        bed = LinkBed.open();
        bed.beginRun(1);
    }

    @AfterEach
    void close() throws IOException {
        bed.close();
    }

    @Test
    void when_a_connection_is_cut_then_the_link_goes_on_where_it_was() {
        sendAndConsume(0, 5);
        for (int i = 5; i < 10; i++) {
            bed.send(1, i, 100);
        }

        bed.proxy.cut();

        for (int i = 10; i < 20; i++) {
            bed.send(1, i, 100);
        }
        bed.consume(15);
        LinkBed.soon("credit is back", () -> bed.outbound.inFlightBytes(LINK) == 0);
        assertThat(bed.proxy.connections()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void when_connections_are_cut_at_random_then_there_is_no_gap_and_no_duplicate() {
        long seed = 7;
        Random random = new Random(seed);
        int frames = 20_000;
        CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < frames; i++) {
                bed.send(1, i, 64 + i % 300);
            }
            bed.sink().close();
        });

        for (int consumed = 0; consumed < frames; ) {
            int some = Math.min(frames - consumed, 1 + random.nextInt(2_000));
            bed.consume(some);
            consumed += some;
            bed.proxy.cut();
        }

        sender.join();
        assertThat(bed.inbox.closed().error()).isEmpty();
        LinkBed.soon("credit is back", () -> bed.outbound.inFlightBytes(LINK) == 0);
    }

    @Test
    void when_a_connection_is_half_open_then_both_sides_notice_and_the_link_goes_on() {
        sendAndConsume(0, 1);
        long before = System.nanoTime();

        bed.proxy.stall();
        bed.send(1, 1, 100);

        bed.consume(1);
        assertThat(System.nanoTime() - before).isBetween(100_000_000L, 3_000_000_000L);
        assertThat(bed.proxy.connections()).isEqualTo(2);
    }

    @Test
    void when_nothing_gets_through_for_long_then_both_sides_learn_that_the_link_is_lost() {
        sendAndConsume(0, 1);

        bed.proxy.refuse();

        bed.wakeUp.await();
        assertThatThrownBy(() -> bed.offer(1, 1, 100))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("link a-0->b-0 of run 1 could not be connected in")
                .hasMessageContaining("transport.reconnectWithin");
        assertThat(bed.inbox.closed().error()).hasValueSatisfying(error -> assertThat(error)
                .isInstanceOf(LinkLostException.class)
                .hasMessageContaining("its sender has not come back within 1300 ms"));
    }

    @Test
    void when_bytes_come_one_by_one_then_frames_are_whole() {
        bed.proxy.split(1);
        bed.proxy.cut();

        sendAndConsume(0, 20);
    }

    @Test
    void when_a_byte_is_damaged_then_both_sides_stop_and_say_why() {
        sendAndConsume(0, 1);

        bed.proxy.flipOneBit();
        bed.send(1, 1, 5_000);

        assertThat(bed.inbox.closed().error())
                .hasValueSatisfying(error -> assertThat(error).hasMessageContaining("BAD_CHECKSUM"));
        bed.wakeUp.await();
        assertThatThrownBy(() -> bed.offer(1, 2, 100))
                .isInstanceOf(LinkClosedException.class)
                .hasMessageContaining("BAD_CHECKSUM");
    }

    @Test
    void when_the_reader_is_gone_then_the_sender_learns_it_after_bounded_attempts() {
        sendAndConsume(0, 1);

        bed.listening.close();

        bed.wakeUp.await();
        assertThatThrownBy(() -> bed.offer(1, 1, 100)).isInstanceOf(LinkClosedException.class);
    }

    @Test
    void when_a_connection_clogs_and_is_released_then_no_more_than_the_credit_was_on_its_way() {
        long seed = 11;
        Random random = new Random(seed);
        long sequence = 0;
        for (int round = 0; round < 20; round++) {
            int connection = bed.proxy.connections();
            bed.proxy.stall();
            long first = sequence;
            while (bed.offer(1, sequence, 64 + random.nextInt(500))) {
                sequence++;
            }
            assertThat(bed.outbound.inFlightBytes(LINK)).isLessThanOrEqualTo(CREDIT);
            if (random.nextBoolean()) {
                bed.proxy.release();
            }
            bed.consume((int) (sequence - first));
            LinkBed.soon("credit is back", () -> bed.outbound.inFlightBytes(LINK) == 0);
            assertThat(bed.proxy.connections()).as("seed %d", seed).isGreaterThanOrEqualTo(connection);
        }
    }

    @Test
    void when_several_links_clog_in_one_order_and_are_released_in_another_then_all_go_on_soon_and_within_their_credit()
            throws IOException {
        long seed = 13;
        Random random = new Random(seed);
        List<LinkBed> beds = new ArrayList<>();
        try {
            for (int each = 0; each < 5; each++) {
                beds.add(LinkBed.patient());
                beds.getLast().beginRun(1);
            }
            Map<LinkBed, Long> sequences = new HashMap<>();
            for (int round = 0; round < 5; round++) {
                Map<LinkBed, Integer> sent = new HashMap<>();
                Map<LinkBed, Integer> connections = new HashMap<>();

                Collections.shuffle(beds, random);
                for (LinkBed each : beds) {
                    connections.put(each, each.proxy.connections());
                    each.proxy.stall();
                    long first = sequences.getOrDefault(each, 0L);
                    long next = first;
                    while (each.offer(1, next, 64 + random.nextInt(500))) {
                        next++;
                    }
                    sequences.put(each, next);
                    sent.put(each, (int) (next - first));
                    assertThat(each.outbound.inFlightBytes(LINK)).isLessThanOrEqualTo(CREDIT);
                }
                if (random.nextBoolean()) {
                    // It lasts until their peers are given up, and they are connected anew.
                    beds.forEach(each -> {
                        int before = connections.getOrDefault(each, 0);
                        LinkBed.soon("another connection", () -> each.proxy.connections() > before);
                    });
                }
                Collections.shuffle(beds, random);
                beds.forEach(each -> each.proxy.release());
                long released = System.nanoTime();

                sent.forEach((each, frames) -> {
                    each.consume(frames);
                    LinkBed.soon("credit is back", () -> each.outbound.inFlightBytes(LINK) == 0);
                });
                assertThat(Duration.ofNanos(System.nanoTime() - released))
                        .as("round %d, seed %d", round, seed)
                        .isLessThan(Duration.ofSeconds(10));
            }
        } finally {
            for (LinkBed each : beds) {
                each.close();
            }
        }
    }

    private void sendAndConsume(int from, int count) {
        for (int i = from; i < from + count; i++) {
            bed.send(1, i, 100);
        }
        bed.consume(count);
    }
}

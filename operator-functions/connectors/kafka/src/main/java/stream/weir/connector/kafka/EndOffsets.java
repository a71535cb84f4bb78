package stream.weir.connector.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where partitions end, as far as readers of this isolation level may read, asked for from time to time and not with each fetch: what
 * was fetched ahead may be older than any answer. Belongs to the fetcher's thread.
 */
final class EndOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(EndOffsets.class);

    /** How old an answer becomes before it is asked for again. */
    static final Duration LOOK = Duration.ofSeconds(2);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final InstantSource clock;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Instant nextLook = Instant.MIN;

    EndOffsets(InstantSource clock) {
        this.clock = clock;
    }

    /** Asks where that is due. Kafka's silence is no error here: older answers stand. */
    void look(KafkaConsumer<byte[], byte[]> consumer) {
        if (clock.instant().isBefore(nextLook)) {
            return;
        }
        Duration pause = LOOK;
        try {
            ends.putAll(consumer.endOffsets(consumer.assignment(), PATIENCE));
            ends.keySet().retainAll(consumer.assignment());
        } catch (KafkaException e) {
            LOG.debug("the ends of {} are not known", consumer.assignment(), e);
            pause = AFTER_FAILURE;
        }
        nextLook = clock.instant().plus(pause);
    }

    /** Offsets between the positions and the ends, or where reading stops before them; empty while not all are known. */
    OptionalLong behind(Map<String, SplitPosition> positions) {
        long behind = 0;
        for (Map.Entry<String, SplitPosition> each : positions.entrySet()) {
            SplitPosition at = each.getValue();
            if (at.stop() != SplitPosition.ENDLESS) {
                behind += Math.max(0, at.stop() - at.next());
                continue;
            }
            Long end = ends.get(Splits.partition(each.getKey()));
            if (end == null) {
                return OptionalLong.empty();
            }
            behind += Math.max(0, end - at.next());
        }
        return OptionalLong.of(behind);
    }
}

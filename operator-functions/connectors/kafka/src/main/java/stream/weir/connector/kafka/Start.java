package stream.weir.connector.kafka;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Where a topic is read from that no checkpoint knows. */
sealed interface Start {
    record Earliest() implements Start {}

    record Latest() implements Start {}

    /** The first record of that time or a later one; the end where there is none. */
    record At(Instant time) implements Start {}

    /** Partitions that are not named start at the earliest offset. */
    record Offsets(Map<TopicPartition, Long> offsets) implements Start {}

    /** What to ask for; empty where the offset is known. */
    default Optional<OffsetSpec> spec(TopicPartition partition) {
        return switch (this) {
            case Earliest earliest -> Optional.of(OffsetSpec.earliest());
            case Latest latest -> Optional.of(OffsetSpec.latest());
            case At(var time) -> Optional.of(OffsetSpec.forTimestamp(time.toEpochMilli()));
            case Offsets(var offsets) ->
                offsets.containsKey(partition) ? Optional.empty() : Optional.of(OffsetSpec.earliest());
        };
    }
}

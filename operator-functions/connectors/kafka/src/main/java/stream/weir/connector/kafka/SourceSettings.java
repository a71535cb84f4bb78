package stream.weir.connector.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.common.IsolationLevel;
import stream.weir.api.row.RowType;

/**
 * What a Kafka source reads, and how.
 *
 * @param decoders makes one for each reader
 * @param discovery time between two looks for new partitions; empty for none
 * @param bufferBytes of records that may wait for the replica
 * @param properties of clients, as Kafka spells them
 */
record SourceSettings(
        String brokers,
        List<String> topics,
        RowType rows,
        Supplier<RecordDecoder> decoders,
        Start start,
        End end,
        Optional<Duration> discovery,
        IsolationLevel isolation,
        Lost lost,
        Tombstones tombstones,
        long bufferBytes,
        Map<String, String> properties) {
    /** Where reading ends. */
    enum End {
        NEVER,
        /** At what is there when the source is opened for the first time. */
        LATEST
    }

    /** What to do when records that were not read yet are gone. */
    enum Lost {
        FAIL,
        EARLIEST,
        LATEST
    }

    /** What to do with records that have no value. */
    enum Tombstones {
        MALFORMED,
        SKIP
    }

    private static final int MOST_FETCH_BYTES = 16 << 20;

    /** For the consumer. */
    Properties consumer() {
        Properties all = admin();
        int fetch = (int) Math.min(MOST_FETCH_BYTES, Math.max(bufferBytes, 1 << 10));
        all.put("fetch.max.bytes", Integer.toString(fetch));
        all.put("max.partition.fetch.bytes", Integer.toString(Math.min(fetch, 1 << 20)));
        all.put("max.poll.records", "1000");
        all.put("client.id", "weir");
        all.putAll(properties);
        all.put("bootstrap.servers", brokers);
        all.put("enable.auto.commit", "false");
        all.put("auto.offset.reset", "none");
        all.put("allow.auto.create.topics", "false");
        all.put("isolation.level", isolation == IsolationLevel.READ_COMMITTED ? "read_committed" : "read_uncommitted");
        return all;
    }

    /** For the admin client. */
    Properties admin() {
        return ClientProperties.admin(brokers, properties);
    }
}

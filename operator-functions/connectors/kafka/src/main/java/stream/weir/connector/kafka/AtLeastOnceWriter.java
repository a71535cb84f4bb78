package stream.weir.connector.kafka;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.sink.SinkWriter;

/** Sends rows as they come; a checkpoint is acknowledged when Kafka has acknowledged all of them. */
final class AtLeastOnceWriter implements SinkWriter<Row> {
    private final KafkaProducer<byte[], byte[]> producer;
    private final RecordEncoder encoder;
    private final SizeLimits limits;
    private final Cluster cluster;
    /** Set by the producer's thread. */
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    AtLeastOnceWriter(
            KafkaProducer<byte[], byte[]> producer, RecordEncoder encoder, SizeLimits limits, Cluster cluster) {
        this.producer = producer;
        this.encoder = encoder;
        this.limits = limits;
        this.cluster = cluster;
    }

    @Override
    public void write(Row row, long timestamp) throws IOException, KafkaProblemException {
        OutRecord record = encoder.encode(row, timestamp);
        limits.check(record);
        refuseAfterFailure();
        producer.send(record.toKafka(), (metadata, error) -> {
            if (error != null) {
                failure.compareAndSet(null, error);
            }
        });
    }

    @Override
    public Prepared prepare(long checkpoint) {
        return () -> {
            producer.flush();
            refuseAfterFailure();
            return List.of();
        };
    }

    private void refuseAfterFailure() throws IOException {
        Exception error = failure.get();
        if (error != null) {
            throw new IOException("a record was not acknowledged by Kafka: " + error, error);
        }
    }

    @Override
    public void commit(Bytes transaction) throws KafkaProblemException {
        throw new KafkaProblemException(
                "the restored checkpoint holds rows of an exactly-once Kafka sink that may not be"
                        + " committed yet; run the pipeline with delivery: exactlyOnce until it is stopped, then change it");
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        cluster.close();
    }
}

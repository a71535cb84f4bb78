package stream.weir.connector.kafka;

import stream.weir.api.codec.Codec;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceReader;

/** Reads topics of Kafka. Offsets are kept in checkpoints, not in Kafka. */
final class KafkaSource implements Source<Row> {
    private final SourceSettings settings;

    KafkaSource(SourceSettings settings) {
        this.settings = settings;
    }

    @Override
    public Codec<Row> codec() {
        return RowCodec.of(settings.rows());
    }

    /**
     * @throws KafkaProblemException when there is no such topic, or records that the checkpoint has not read are gone
     */
    @Override
    public SourceReader<Row> open(SourceContext context) throws Exception {
        return KafkaReader.open(settings, context);
    }

    @Override
    public String toString() {
        return "topics " + settings.topics() + " of " + settings.brokers();
    }
}

package stream.weir.connector.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.connector.format.SinkRuns;

/** Runs of a sink that writes to a topic. */
final class SinkRig extends SinkRuns<SinkRig.Replica> {
    static final RowType ROWS = new RowType(
            List.of(new RowType.Column("key", Primitive.STRING), new RowType.Column("value", Primitive.STRING)));

    private final Topic topic;
    private final SinkSettings settings;

    SinkRig(Topic topic, Path folder, SinkSettings settings) {
        super(topic.name(), folder);
        this.topic = topic;
        this.settings = settings;
    }

    static SinkSettings settings(Topic topic) {
        return new SinkSettings(
                topic.server().bootstrap(),
                topic.name(),
                Optional.empty(),
                ROWS,
                KafkaFormat.TEXT,
                ',',
                List.of("key"),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                SinkSettings.Delivery.EXACTLY_ONCE,
                Optional.empty(),
                Duration.ofSeconds(30),
                0,
                SinkSettings.UnknownCommit.FAIL,
                SinkSettings.Beyond.FAIL,
                Map.of("max.block.ms", "2000", "delivery.timeout.ms", "5000", "request.timeout.ms", "2000"));
    }

    /** One replica in one run. */
    static final class Replica extends SinkRuns.Replica {
        private Replica(SinkSettings settings, Context context) throws Exception {
            super(context, new KafkaSink(settings).open(context));
        }

        Replica write(String key, String... values) throws Exception {
            for (String value : values) {
                add(Row.of(ROWS, key, value));
            }
            return this;
        }
    }

    @Override
    protected Replica open(Context context) throws Exception {
        return new Replica(settings, context);
    }

    List<String> committed() {
        return topic.committed();
    }
}

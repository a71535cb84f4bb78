package stream.weir.connector.kafka;

import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.sink.SinkContext;
import stream.weir.api.sink.SinkWriter;

/** The upper end of a durable edge: a {@link KafkaSink} that takes watermarks along. */
final class EdgeSink implements Sink<Row> {
    private final SinkSettings settings;
    private final RowType rows;
    private final List<String> key;

    /** @param settings of a sink of {@link EdgeRecords#CARRIED} */
    EdgeSink(SinkSettings settings, RowType rows, List<String> key) {
        this.settings = settings;
        this.rows = rows;
        this.key = key;
    }

    @Override
    public SinkWriter<Row> open(SinkContext context) throws Exception {
        int partitions;
        try (Cluster cluster = Cluster.open(settings.brokers(), settings.admin())) {
            partitions = Cluster.answered(cluster.topics(List.of(settings.topic())), settings.topic())
                    .partitions()
                    .size();
        }
        return new Writer(new KafkaSink(settings).open(context), EdgeRecords.of(rows, key), context, partitions);
    }

    @Override
    public String toString() {
        return "durable edge over topic " + settings.topic() + " of " + settings.brokers();
    }

    private static final class Writer implements SinkWriter<Row> {
        private final SinkWriter<Row> records;
        private final EdgeRecords edge;
        private final SinkContext context;
        private final int partitions;
        private long watermark = Long.MIN_VALUE;
        /** What was written last in this run. */
        private Optional<Long> written = Optional.empty();

        Writer(SinkWriter<Row> records, EdgeRecords edge, SinkContext context, int partitions) {
            this.records = records;
            this.edge = edge;
            this.context = context;
            this.partitions = partitions;
        }

        @Override
        public void write(Row row, long timestamp) throws Exception {
            records.write(edge.row(row, timestamp), Long.MIN_VALUE);
        }

        @Override
        public void watermark(long millis) {
            watermark = millis;
        }

        /** The watermark goes to every partition, behind the rows that it is about. */
        @Override
        public Prepared prepare(long checkpoint) throws Exception {
            if (written.isEmpty() || written.get() != watermark) {
                EdgeRecords.Watermark mark =
                        new EdgeRecords.Watermark(context.run(), context.replica(), context.replicas(), watermark);
                for (int partition = 0; partition < partitions; partition++) {
                    records.write(edge.watermark(mark, partition), Long.MIN_VALUE);
                }
                written = Optional.of(watermark);
            }
            return records.prepare(checkpoint);
        }

        @Override
        public void commit(Bytes transaction) throws Exception {
            records.commit(transaction);
        }

        @Override
        public void close() throws Exception {
            records.close();
        }
    }
}

package stream.weir.connector.kafka;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/**
 * The lower end of a durable edge over a reader of the records' bytes: takes rows and watermarks out of them. What was said in a
 * partition is part of the checkpoint beside its offset.
 */
final class EdgeReader implements SourceReader<Row> {
    /** Beside the positions of partitions, which are called {@code TOPIC/PARTITION}. */
    private static final String WATERMARKS = "watermarks:";

    private final SourceReader<Row> records;
    private final EdgeRecords edge;
    private final Map<String, EdgeWatermarks> restored;
    private final Map<String, EdgeWatermarks> splits = new HashMap<>();
    private boolean polled;

    private EdgeReader(SourceReader<Row> records, EdgeRecords edge, Map<String, EdgeWatermarks> restored) {
        this.records = records;
        this.edge = edge;
        this.restored = restored;
    }

    static EdgeReader open(KafkaSource source, EdgeRecords edge, SourceContext context) throws Exception {
        Map<String, EdgeWatermarks> restored = new HashMap<>();
        context.restored().forEach((name, position) -> {
            if (name.startsWith(WATERMARKS)) {
                restored.put(name.substring(WATERMARKS.length()), EdgeWatermarks.decode(position));
            }
        });
        return new EdgeReader(source.open(new Offsets(context)), edge, restored);
    }

    @Override
    public Status poll(int maxRecords, SourceOutput<Row> out) throws Exception {
        Status status = records.poll(maxRecords, name -> new Split(name, out.split(name)));
        polled = true;
        return status == Status.IDLE && hasEnded() ? Status.END : status;
    }

    /** A replica without partitions has nothing to wait for. */
    private boolean hasEnded() {
        return polled && splits.values().stream().allMatch(split -> split.current() == Long.MAX_VALUE);
    }

    @Override
    public Map<String, Bytes> positions() {
        Map<String, Bytes> all = new HashMap<>(records.positions());
        splits.forEach((name, watermarks) -> all.put(WATERMARKS + name, watermarks.encode()));
        return all;
    }

    @Override
    public OptionalLong lag() {
        return records.lag();
    }

    @Override
    public void completed(long checkpoint) throws Exception {
        records.completed(checkpoint);
    }

    @Override
    public void close() throws Exception {
        records.close();
    }

    private final class Split implements SourceOutput.Split<Row> {
        private final SourceOutput.Split<Row> out;
        private final EdgeWatermarks watermarks;

        Split(String name, SourceOutput.Split<Row> out) {
            this.out = out;
            this.watermarks = restored.getOrDefault(name, new EdgeWatermarks());
            splits.put(name, watermarks);
            out.watermark(watermarks.current());
        }

        @Override
        public void emit(Row record) {
            Bytes value = (Bytes) Objects.requireNonNull(record.get(0));
            try {
                switch (edge.decode(value)) {
                    case EdgeRecords.Data(Row row, long timestamp) -> out.emit(row, timestamp);
                    case EdgeRecords.Watermark watermark -> {
                        watermarks.saw(watermark);
                        out.watermark(watermarks.current());
                    }
                }
            } catch (MalformedDataException e) {
                out.malformed("a record of a durable edge", value.toByteArray(), "the record " + e.getMessage());
            }
        }

        @Override
        public void emit(Row record, long timestamp) {
            emit(record);
        }

        @Override
        public void malformed(String position, byte[] raw, String reason) {
            out.malformed(position, raw, reason);
        }

        @Override
        public void end() {
            out.end();
        }
    }

    /** What the reader of records is told. */
    private record Offsets(SourceContext context) implements SourceContext {
        @Override
        public int replica() {
            return context.replica();
        }

        @Override
        public int replicas() {
            return context.replicas();
        }

        @Override
        public Map<String, Bytes> restored() {
            return context.restored().entrySet().stream()
                    .filter(entry -> !entry.getKey().startsWith(WATERMARKS))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public boolean owns(String split) {
            return context.owns(split);
        }

        @Override
        public InstantSource clock() {
            return context.clock();
        }

        @Override
        public Executor background() {
            return context.background();
        }
    }
}

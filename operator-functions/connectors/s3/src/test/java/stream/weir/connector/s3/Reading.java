package stream.weir.connector.s3;

import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.source.Source;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/** One replica that reads a source, and everything that came out of it. */
final class Reading implements SourceOutput<Row>, AutoCloseable {
    final List<Row> rows = new ArrayList<>();
    final List<String> malformed = new ArrayList<>();
    private final SourceReader<Row> reader;

    private Reading(SourceReader<Row> reader) {
        this.reader = reader;
    }

    static Reading of(Source<Row> source) throws Exception {
        return of(source, 0, 1, Map.of(), Clock.systemUTC());
    }

    static Reading of(Source<Row> source, int replica, int replicas, Map<String, Bytes> restored, InstantSource clock)
            throws Exception {
        return new Reading(source.open(new Context(replica, replicas, restored, clock)));
    }

    SourceReader.Status poll(int records) throws Exception {
        return reader.poll(records, this);
    }

    Reading all() throws Exception {
        while (poll(1000) == SourceReader.Status.MORE) {}
        return this;
    }

    Map<String, Bytes> positions() {
        return new HashMap<>(reader.positions());
    }

    List<Object> values(String field) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(String.valueOf(row.get(field))));
        return values;
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    @Override
    public Split<Row> split(String name) {
        return new Split<>() {
            @Override
            public void emit(Row value) {
                rows.add(value);
            }

            @Override
            public void emit(Row value, long timestamp) {
                rows.add(value);
            }

            @Override
            public void malformed(String position, byte[] bytes, String reason) {
                malformed.add(position + " " + reason);
            }

            @Override
            public void end() {}
        };
    }

    private record Context(int replica, int replicas, Map<String, Bytes> restored, InstantSource clock)
            implements SourceContext {
        @Override
        public boolean owns(String split) {
            return Math.floorMod(split.hashCode(), replicas) == replica;
        }

        @Override
        public Executor background() {
            return TestBucket.THREADS;
        }
    }
}

package stream.weir.connector.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/** Polls a reader as a replica does, and keeps what it emits: the first field of each row as text. */
final class Reading implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Executor BACKGROUND = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("fetcher-", 0).factory());

    private final SourceReader<Row> reader;
    private final Sink out = new Sink();

    private Reading(SourceReader<Row> reader) {
        this.reader = reader;
    }

    static Reading open(SourceSettings settings, Map<String, Bytes> restored) throws Exception {
        return open(settings, restored, 0, 1);
    }

    static Reading open(SourceSettings settings, Map<String, Bytes> restored, int replica, int replicas)
            throws Exception {
        return new Reading(new KafkaSource(settings).open(new Context(replica, replicas, restored)));
    }

    /** At most so many records. */
    SourceReader.Status poll(int most) throws Exception {
        return reader.poll(most, out);
    }

    /** Polls until so many rows were emitted in all. */
    List<String> await(int rows) throws Exception {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (out.rows.size() + out.malformed.size() < rows) {
            if (poll(rows - out.rows.size() - out.malformed.size()) == SourceReader.Status.END) {
                throw new AssertionError("ended with " + out.rows);
            }
            requireBefore(giveUp);
        }
        return List.copyOf(out.rows);
    }

    /** Polls until the source has ended. */
    List<String> toEnd() throws Exception {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (poll(100) != SourceReader.Status.END) {
            requireBefore(giveUp);
        }
        return List.copyOf(out.rows);
    }

    /** Waits, without polling, until so many records wait to be read. */
    void awaitLag(long expected) {
        Instant giveUp = Instant.now().plus(PATIENCE);
        while (reader.lag().orElse(-1) != expected) {
            if (Instant.now().isAfter(giveUp)) {
                throw new AssertionError("not " + expected + " within " + PATIENCE + ": " + reader.lag());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void requireBefore(Instant giveUp) {
        if (Instant.now().isAfter(giveUp)) {
            throw new AssertionError("not within " + PATIENCE + ": " + out.rows);
        }
        LockSupport.parkNanos(1_000_000);
    }

    List<String> rows() {
        return List.copyOf(out.rows);
    }

    List<String> malformed() {
        return List.copyOf(out.malformed);
    }

    /** Splits that were made known and have not ended. */
    Set<String> splits() {
        return new TreeSet<>(out.open);
    }

    Map<String, Bytes> positions() {
        return reader.positions();
    }

    @Override
    public void close() throws Exception {
        reader.close();
    }

    private static final class Sink implements SourceOutput<Row> {
        private final List<String> rows = new ArrayList<>();
        private final List<String> malformed = new ArrayList<>();
        private final Set<String> open = new TreeSet<>();

        @Override
        public Split<Row> split(String name) {
            open.add(name);
            return new Split<>() {
                @Override
                public void emit(Row value) {
                    rows.add(String.valueOf(value.get(0)));
                }

                @Override
                public void emit(Row value, long timestamp) {
                    emit(value);
                }

                @Override
                public void malformed(String position, byte[] raw, String reason) {
                    malformed.add(position + ": " + new String(raw, StandardCharsets.UTF_8) + ": " + reason);
                }

                @Override
                public void end() {
                    open.remove(name);
                }
            };
        }
    }

    private record Context(int replica, int replicas, Map<String, Bytes> restored) implements SourceContext {
        private Context {
            restored = new HashMap<>(restored);
        }

        @Override
        public boolean owns(String split) {
            throw new UnsupportedOperationException("partitions are dealt out by the connector");
        }

        @Override
        public InstantSource clock() {
            return InstantSource.system();
        }

        @Override
        public Executor background() {
            return BACKGROUND;
        }
    }
}

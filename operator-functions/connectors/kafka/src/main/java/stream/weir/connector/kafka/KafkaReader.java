package stream.weir.connector.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stream.weir.api.codec.Bytes;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceContext;
import stream.weir.api.source.SourceOutput;
import stream.weir.api.source.SourceReader;

/** The replica's side of a source: emits what a {@link Fetcher} found, and keeps the positions. */
final class KafkaReader implements SourceReader<Row> {
    private final SourceSettings settings;
    private final HandOver handOver;
    private final Map<String, SplitPosition> positions;
    private final Map<String, SourceOutput.Split<Row>> outputs = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private Delivery.@Nullable Records current;
    private int emitted;
    private boolean announced;

    private KafkaReader(SourceSettings settings, HandOver handOver, Map<String, SplitPosition> positions) {
        this.settings = settings;
        this.handOver = handOver;
        this.positions = positions;
    }

    static KafkaReader open(SourceSettings settings, SourceContext context) throws Exception {
        Cluster cluster = Cluster.open(settings.brokers(), settings.admin());
        try {
            Partitions partitions = new Partitions(settings, cluster, context);
            Map<String, SplitPosition> positions = partitions.opened();
            HandOver handOver = new HandOver(settings.bufferBytes());
            Fetcher fetcher =
                    new Fetcher(settings, partitions, new TreeMap<>(positions), handOver, context.clock(), cluster);
            context.background().execute(fetcher);
            return new KafkaReader(settings, handOver, new HashMap<>(positions));
        } catch (Exception | Error e) {
            cluster.close();
            throw e;
        }
    }

    @Override
    public Status poll(int maxRecords, SourceOutput<Row> out) throws Exception {
        if (!announced) {
            announced = true;
            positions.forEach((split, position) -> begin(split, position, out));
        }
        int left = maxRecords;
        while (left > 0) {
            if (current == null) {
                Optional<Delivery> next = handOver.take();
                if (next.isEmpty()) {
                    return allEnded() ? Status.END : Status.IDLE;
                }
                accept(next.get(), out);
            } else {
                left -= emit(current, left);
            }
        }
        return Status.MORE;
    }

    private void accept(Delivery delivery, SourceOutput<Row> out) {
        switch (delivery) {
            case Delivery.Found(var split, var position) -> {
                positions.put(split, position);
                begin(split, position, out);
            }
            case Delivery.Records records -> {
                current = records;
                emitted = 0;
            }
        }
    }

    /** Splits are made known before their first record, so that each holds the watermark back from the beginning. */
    private void begin(String split, SplitPosition position, SourceOutput<Row> out) {
        if (position.finished()) {
            ended.add(split);
        } else {
            outputs.put(split, out.split(split));
        }
    }

    /** @return how many records were emitted */
    private int emit(Delivery.Records records, int most) {
        SourceOutput.Split<Row> output = outputs.get(records.split());
        if (output == null) {
            throw new IllegalStateException("records of " + records.split() + " after its end at " + records.after());
        }
        int end = Math.min(records.items().size(), emitted + most);
        int count = end - emitted;
        for (; emitted < end; emitted++) {
            Delivery.Item item = records.items().get(emitted);
            switch (item) {
                case Delivery.Good good -> output.emit(good.row());
                case Delivery.Bad bad ->
                    output.malformed(
                            records.split() + " offset " + bad.offset(), bad.raw(), "the record " + bad.reason());
            }
            positions.computeIfPresent(records.split(), (_, at) -> at.at(item.offset() + 1, item.leaderEpoch()));
        }
        if (emitted == records.items().size()) {
            finish(records, output);
        }
        return count;
    }

    private void finish(Delivery.Records records, SourceOutput.Split<Row> output) {
        current = null;
        positions.put(records.split(), records.after());
        if (records.after().finished() && ended.add(records.split())) {
            output.end();
            outputs.remove(records.split());
        }
    }

    /** Offsets up to the end of all partitions, which marks of transactions have too; some seconds old. */
    @Override
    public OptionalLong lag() {
        OptionalLong waiting = handOver.waiting();
        int begun = current == null ? 0 : current.items().size() - emitted;
        return waiting.isPresent() ? OptionalLong.of(waiting.getAsLong() + begun) : waiting;
    }

    private boolean allEnded() {
        return settings.end() == SourceSettings.End.LATEST && ended.size() == positions.size();
    }

    @Override
    public Map<String, Bytes> positions() {
        Map<String, Bytes> all = new HashMap<>();
        positions.forEach((split, position) -> all.put(split, position.encode()));
        return all;
    }

    @Override
    public void close() {
        handOver.close();
    }
}

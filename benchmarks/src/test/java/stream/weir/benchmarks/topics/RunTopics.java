package stream.weir.benchmarks.topics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.benchmarks.OneLine;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.workload.LatencyHistogram;
import stream.weir.definition.PipelineFile;
import stream.weir.local.JobListener;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;
import stream.weir.testservers.KafkaServer;

/**
 * B12: how late rows of a topic can be read from another one, exactly once: from when a record was due at the producer until a reader
 * of committed records has its row. Kafka in a process of its own; pipeline, producer and reader in this one. The producer is an
 * open loop. Prints one line of JSON.
 *
 * <p>Arguments: {@code --rate N} records/s, 2000 unless told; {@code --seconds N} that are measured, 60, after {@code --warm-seconds N},
 * 20; {@code --checkpoint-interval MILLIS}, 250.
 */
public final class RunTopics {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int PARTITIONS = 2;
    private static final String PIPELINE = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: b12}
            spec:
              checkpoint: {interval: %dms}
              state: {backend: Filesystem}
              stages:
                - name: read
                  source:
                    kafka: {brokers: "%s", topic: in, schema: {n: int, key: int, due: int}}
                - name: write
                  inputs: [{from: read, keyBy: [key]}]
                  steps:
                    - filter: n >= 0
                  sink:
                    kafka: {brokers: "%2$s", topic: out, key: [key]}
            """;

    private RunTopics() {}

    public static void main(String[] arguments) throws Exception {
        OneLine.print("topics", arguments, RunTopics::line);
    }

    static String line(WorkloadOptions options, Path folder) throws Exception {
        long rate = options.number("--rate", 2_000);
        long unmeasured = rate * options.number("--warm-seconds", 20);
        long records = unmeasured + rate * options.number("--seconds", 60);
        long interval = options.number("--checkpoint-interval", 250);
        try (KafkaServer kafka = KafkaServer.start(folder.resolve("kafka"))) {
            kafka.createTopic("in", PARTITIONS);
            kafka.createTopic("out", PARTITIONS);
            CommittedRows rows = new CommittedRows(kafka.bootstrap(), "out", unmeasured, records);
            try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"));
                    ExecutorService reader = Executors.newSingleThreadExecutor()) {
                Path file = Files.writeString(
                        folder.resolve("pipeline.yaml"), String.format(PIPELINE, interval, kafka.bootstrap()));
                LocalJob job = LocalJob.start(
                        load(file), LocalSettings.defaults(store, folder.resolve("work")), JobListener.SILENT);
                Future<LatencyHistogram> latencies = reader.submit(rows::read);
                DueRecords.send(kafka.bootstrap(), "in", records, rate);
                LatencyHistogram found = latencies.get();
                job.stop();
                job.await();
                return json(found, rate, interval, records);
            }
        }
    }

    private static Pipeline load(Path file) throws IOException {
        return switch (PipelineFile.load(file, RunTopics.class.getClassLoader())) {
            case PipelineFile.Loaded loaded -> loaded.pipeline();
            case PipelineFile.Rejected rejected -> throw new IllegalStateException(rejected.format(file.toString()));
        };
    }

    private static String json(LatencyHistogram latencies, long rate, long interval, long records) {
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"b12\",\"engine\":\"weir\",\"jvm\":\"%s\",\"rate\":%d,\"checkpoint_interval\":%d,"
                        + "\"measured\":%d,\"p50_ms\":%.0f,\"p99_ms\":%.0f,\"p999_ms\":%.0f,\"most_ms\":%.0f,\"rows\":%d}",
                Runtime.version(),
                rate,
                interval,
                latencies.count(),
                latencies.quantile(0.5) / NANOS_PER_MILLI,
                latencies.quantile(0.99) / NANOS_PER_MILLI,
                latencies.quantile(0.999) / NANOS_PER_MILLI,
                latencies.quantile(1) / NANOS_PER_MILLI,
                records);
    }
}

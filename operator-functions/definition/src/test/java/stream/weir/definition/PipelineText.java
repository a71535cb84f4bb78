package stream.weir.definition;

import java.nio.file.Path;
import java.util.List;

/** A small sound pipeline, and what becomes of it when parts of it are replaced. */
final class PipelineText {
    static final String SOUND = """
            apiVersion: weir.stream/v1alpha1
            kind: StreamPipeline
            metadata: {name: orders}
            spec:
              maxParallelism: 16
              checkpoint:
                interval: 2s
                alignment: {maxBytes: 64MiB, spill: true}
              stages:
                - name: orders
                  source:
                    file:
                      path: orders.csv
                      schema: {id: int, customer: string, price: double, at: timestamp, tags: list(string)}
                    eventTime: {field: at, maxOutOfOrderness: 1m}
                - name: totals
                  replicas: 2
                  inputs: [{from: orders, keyBy: [customer]}]
                  steps:
                    - filter: price > 0.0
                    - aggregate:
                        window: {tumbling: 1h}
                        fields: {count: {count: "*"}, total: {sum: price}}
                - name: report
                  inputs: [{from: totals}]
                  sink:
                    file: {path: out}
            """;

    private PipelineText() {}

    static PipelineFile.Result load(String text) {
        return new PipelineFile(TestConnectors.extensions()).read(text, Path.of("/pipelines"));
    }

    /** The problems of {@link #SOUND} after {@code wrong} has taken the place of {@code right}, one line each. */
    static List<String> problems(String right, String wrong) {
        if (!SOUND.contains(right)) {
            throw new IllegalArgumentException("not in the sound pipeline: " + right);
        }
        return problems(SOUND.replace(right, wrong));
    }

    static List<String> problems(String text) {
        return load(text) instanceof PipelineFile.Rejected rejected
                ? rejected.format("f").lines().toList()
                : List.of();
    }
}

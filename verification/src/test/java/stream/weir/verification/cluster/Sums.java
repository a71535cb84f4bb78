package stream.weir.verification.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A pipeline with an output that is known, from a generator over a keyed stage to a topic: stages {@code numbers}, {@code sums} and
 * {@code report}. It goes on until it is suspended, and what it has put out then is compared as a whole.
 */
final class Sums implements AutoCloseable {
    private static final int MORE = 3_000;

    private final Place place;
    private final String name;
    private final SumsTopic output;

    private Sums(Place place, String name, SumsTopic output) {
        this.place = place;
        this.name = name;
        this.output = output;
    }

    /**
     * Creates the topic, applies the pipeline, and waits until it is ready.
     *
     * @param name of the pipeline, and of its topic
     */
    static Sums start(Weir weir, Place place, String name, int replicas, UnaryOperator<String> changed)
            throws IOException {
        weir.kafka().createTopic(place.name() + "-" + name, 1);
        place.apply(changed.apply(yaml(weir, place, name, replicas)));
        place.awaitReady(name);
        return new Sums(place, name, SumsTopic.read(weir.kafka().bootstrap(), place.name() + "-" + name));
    }

    static Sums start(Weir weir, Place place, String name, int replicas) throws IOException {
        return start(weir, place, name, replicas, UnaryOperator.identity());
    }

    static String yaml(Weir weir, Place place, String name, int replicas) {
        return """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: @name@}
                spec:
                  coordinator: {replicas: 1}
                  checkpoint:
                    interval: 1s
                    tolerableFailures: -1
                    snapshots:
                      uri: "s3://weir/@place@"
                      endpoint: @store@
                      pathStyle: true
                      credentialsSecret: trial-store
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: numbers
                      source:
                        generator: {count: 100000000, splits: 1, fields: {number: {sequence: 0}}}
                        rate: 2000
                      steps:
                        - map: {key: "number % 7", number: number}
                    - name: sums
                      replicas: @replicas@
                      inputs: [{from: numbers, keyBy: [key]}]
                      steps:
                        - aggregate: {fields: {count: {count: "*"}, sum: {sum: number}}}
                    - name: report
                      inputs: [{from: sums}]
                      sink:
                        kafka: {brokers: "@kafka@", topic: @place@-@name@, key: [key], format: json}
                """.replace("@name@", name)
                .replace("@place@", place.name())
                .replace("@store@", Weir.STORE)
                .replace("@replicas@", String.valueOf(replicas))
                .replace("@kafka@", weir.kafka().bootstrap());
    }

    String name() {
        return name;
    }

    SumsTopic output() {
        return output;
    }

    /** Waits until much more is committed than now; gives how long it took. */
    Duration awaitMore() throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long before = output.rows();
        try {
            Cluster.await("more output", output::rows, rows -> rows >= before + MORE);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + place.report(), e);
        }
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    Map<String, Place.Pod> pods(String stage) throws IOException {
        return place.pods(of() + ",weir.stream/stage=" + stage);
    }

    Map<String, Place.Pod> coordinators() throws IOException {
        return place.pods(of() + ",app.kubernetes.io/component=coordinator");
    }

    /** What coordinators that are there have said last. */
    String coordinatorLog() {
        try {
            return "log of the coordinator:\n"
                    + place.kubectl(
                            "logs", "-l", of() + ",app.kubernetes.io/component=coordinator", "--prefix", "--tail=60");
        } catch (IOException e) {
            return "the coordinator's log cannot be had: " + e;
        }
    }

    private String of() {
        return "weir.stream/pipeline=" + name;
    }

    /** {@code kubectl scale}, and waits until so many are at work. */
    void scale(String stage, int replicas) throws IOException {
        place.kubectl("scale", "streamstage/" + name + "-" + stage, "--replicas=" + replicas);
        place.waitFor("streamstage/" + name + "-" + stage, "jsonpath={.status.replicas}=" + replicas);
        place.waitFor("streamstage/" + name + "-" + stage, "jsonpath={.status.readyReplicas}=" + replicas);
        place.awaitReady(name);
    }

    void patch(String spec) throws IOException {
        place.kubectl("patch", "streampipeline", name, "--type=merge", "-p", "{\"spec\":" + spec + "}");
    }

    void suspend() throws IOException {
        patch("{\"suspend\":true}");
        place.awaitPhase(name, "Suspended");
    }

    void resume() throws IOException {
        patch("{\"suspend\":false}");
        place.awaitReady(name);
    }

    /** Takes a last checkpoint; all that was read until then has to be there, each once, and nothing else. */
    void suspendAndAssertExact() throws IOException, InterruptedException {
        suspend();
        output.assertExact();
    }

    @Override
    public void close() throws InterruptedException {
        output.close();
    }
}

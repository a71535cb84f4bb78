package stream.weir.verification.cluster;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A namespace for one test, as restricted as Kubernetes can have it, with the keys of the trial's store in the Secret {@code
 * trial-store}. With it goes all that is in it.
 */
final class Place implements AutoCloseable {
    private static final String WAIT = "--timeout=180s";

    private final Cluster cluster;
    private final String name;

    private Place(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    /** A pod as it was seen; one that was started again or replaced is another one. */
    record Pod(String name, String uid, String node, String restarts) {}

    static Place create(Weir weir, String name) throws IOException {
        Cluster cluster = weir.cluster();
        // One that an earlier run has left.
        cluster.kubectl("delete", "namespace", name, "--ignore-not-found", WAIT);
        Place place = new Place(cluster, name);
        cluster.apply("default", """
                apiVersion: v1
                kind: Namespace
                metadata: {name: @name@, labels: {pod-security.kubernetes.io/enforce: restricted}}
                """.replace("@name@", name));
        place.apply("""
                apiVersion: v1
                kind: Secret
                metadata: {name: trial-store}
                stringData: {AWS_ACCESS_KEY_ID: weir, AWS_SECRET_ACCESS_KEY: weir-trial}
                """);
        return place;
    }

    String name() {
        return name;
    }

    void apply(String documents) throws IOException {
        cluster.apply(name, documents);
    }

    String refusal(String documents) {
        return cluster.refusal(name, documents);
    }

    String kubectl(String... arguments) throws IOException {
        String[] all = Arrays.copyOf(new String[] {"-n", name}, arguments.length + 2);
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return cluster.kubectl(all);
    }

    /** One field; empty where there is none, or no such object. */
    String field(String object, String path) throws IOException {
        return kubectl("get", object, "--ignore-not-found", "-o", "jsonpath={" + path + "}");
    }

    /** As people wait, with {@code kubectl wait}. */
    void awaitReady(String pipeline) throws IOException {
        waitFor("streampipeline/" + pipeline, "condition=Ready");
    }

    void awaitPhase(String pipeline, String phase) throws IOException {
        waitFor("streampipeline/" + pipeline, "jsonpath={.status.phase}=" + phase);
    }

    void waitFor(String object, String condition) throws IOException {
        try {
            kubectl("wait", "--for=" + condition, object, WAIT);
        } catch (IOException e) {
            throw new IOException(object + " is not " + condition + "; there is:\n" + report(), e);
        }
    }

    /** Until it is gone; within two minutes. */
    void delete(String object) throws IOException {
        try {
            kubectl("delete", object, "--timeout=120s");
        } catch (IOException e) {
            throw new IOException(object + " is not deleted; there is:\n" + report(), e);
        }
    }

    /** {@code REASON: MESSAGE} of a condition of a pipeline. */
    String condition(String pipeline, String type) throws IOException {
        String path = ".status.conditions[?(@.type==\"" + type + "\")]";
        return field("streampipeline/" + pipeline, path + ".status") + " "
                + field("streampipeline/" + pipeline, path + ".reason") + ": "
                + field("streampipeline/" + pipeline, path + ".message");
    }

    /** Pods that are not on their way out, by name. */
    Map<String, Pod> pods(String label) throws IOException {
        String fields = "{.metadata.deletionTimestamp}|{.metadata.name}|{.metadata.uid}|{.spec.nodeName}|"
                + "{.status.containerStatuses[0].restartCount}{\"\\n\"}";
        return kubectl("get", "pods", "-l", label, "-o", "jsonpath={range .items[*]}" + fields + "{end}")
                .lines()
                .filter(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", -1))
                .map(part -> new Pod(part[1], part[2], part[3], part[4]))
                .collect(Collectors.toMap(Pod::name, pod -> pod, (one, _) -> one, TreeMap::new));
    }

    /** Messages of the events with a reason. */
    List<String> events(String reason) throws IOException {
        return kubectl(
                        "get",
                        "events",
                        "--field-selector",
                        "reason=" + reason,
                        "-o",
                        "jsonpath={range .items[*]}{.message}{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    /** What people would look at when a test fails; of what cannot be had, why. */
    String report() {
        return Stream.of(
                        "get streampipelines,streamstages,checkpointcoordinators,pods -o wide",
                        "get streampipelines -o jsonpath={range.items[*]}{.status.conditions}{end}",
                        "get events --sort-by=.lastTimestamp",
                        "logs -l weir.stream/pipeline --prefix --tail=40 --max-log-requests=50",
                        "get nodes -o wide",
                        "-n " + Weir.NAMESPACE + " get pods -o wide",
                        "-n " + Weir.NAMESPACE + " logs -l " + Weir.OPERATOR + " --tail=60")
                .map(this::answer)
                .collect(Collectors.joining("\n"));
    }

    private String answer(String question) {
        try {
            return "kubectl " + question + "\n" + kubectl(question.split(" "));
        } catch (IOException e) {
            return "kubectl " + question + "\n" + e.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        cluster.kubectl("delete", "namespace", name, "--ignore-not-found", "--wait=false");
    }
}

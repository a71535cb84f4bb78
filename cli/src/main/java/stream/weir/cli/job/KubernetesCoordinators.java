package stream.weir.cli.job;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stream.weir.cli.answer.Json;
import stream.weir.cli.answer.Value;
import stream.weir.cli.job.Kubectl.Result;

/**
 * Coordinators of a pipeline on Kubernetes, or of one of its regions: their pods, through the API server's proxy. A region has a name of
 * its own; where there are several, the pipeline's name is that of the first.
 */
public final class KubernetesCoordinators implements Coordinators {
    private static final String REGION = "app.kubernetes.io/instance";
    private static final String PORT = "8081";
    private static final String NOT_LEADER = "NOT_LEADER";

    private final Kubectl kubectl;
    private final String pipeline;

    public KubernetesCoordinators(Kubectl kubectl, String pipeline) {
        this.kubectl = kubectl;
        this.pipeline = pipeline;
    }

    @Override
    public String name() {
        return pipeline;
    }

    @Override
    public Value get(String path) throws IOException {
        return ask(path, List.of("get"), null);
    }

    @Override
    public Value post(String path, Value body) throws IOException {
        return ask(path, List.of("create", "-f", "-"), Json.line(body));
    }

    /** One for each region of a pipeline that has coordinators now; at least one, which may be a region's own name. */
    public static List<KubernetesCoordinators> regions(Kubectl kubectl, String pipeline) throws IOException {
        List<KubernetesCoordinators> regions = list(kubectl, kubectl.inNamespace(), "weir.stream/pipeline=" + pipeline)
                .map(pod -> pod.at("metadata").at("labels").at(REGION).text())
                .filter(region -> !region.isEmpty())
                .distinct()
                .sorted()
                .map(region -> new KubernetesCoordinators(kubectl, region))
                .toList();
        return regions.isEmpty() ? List.of(new KubernetesCoordinators(kubectl, pipeline)) : regions;
    }

    private Value ask(String path, List<String> verb, @Nullable String body) throws IOException {
        String namespace = kubectl.inNamespace();
        List<String> why = new ArrayList<>();
        for (String pod : pods(namespace)) {
            List<String> call = new ArrayList<>(verb);
            call.addAll(List.of(
                    "--raw",
                    "/api/v1/namespaces/" + namespace + "/pods/http:" + pod + ":" + PORT + "/proxy/api/v1/" + path));
            Result result = kubectl.call(call, body);
            if (result.code() == 0) {
                return Json.read(result.out());
            }
            String said = (result.err() + result.out()).strip();
            if (isRefusal(said)) {
                throw refusal(said);
            }
            why.add(pod + (said.contains(NOT_LEADER) ? " does not lead" : ": " + said));
        }
        throw new IOException("no coordinator of " + pipeline + " in namespace " + namespace + " answers as leader: "
                + (why.isEmpty() ? "there is no such pod (kubectl get pipelines)" : String.join("; ", why)));
    }

    /** The API server tells of an answer that is no success in its own words, with the body among them or without. */
    private static boolean isRefusal(String said) {
        return said.contains("Error from server (")
                && !said.contains("ServiceUnavailable")
                && !said.contains(NOT_LEADER);
    }

    private static RefusedException refusal(String said) {
        int begin = said.indexOf('{');
        int end = said.lastIndexOf('}');
        String body = begin >= 0 && end > begin ? said.substring(begin, end + 1) : "";
        String word = said.substring(said.indexOf('(') + 1, said.indexOf(')'));
        return Refusals.of(body, word, said);
    }

    /** Asked for by path, so that kubectl need not find out first which kinds the cluster has. */
    private List<String> pods(String namespace) throws IOException {
        return list(kubectl, namespace, REGION + "=" + pipeline)
                .map(pod -> pod.at("metadata").at("name").text())
                .toList();
    }

    private static Stream<Value> list(Kubectl kubectl, String namespace, String whose) throws IOException {
        String selected = URLEncoder.encode(
                whose + ",app.kubernetes.io/name=weir,app.kubernetes.io/component=coordinator", StandardCharsets.UTF_8);
        Value list = Json.read(kubectl.text(List.of(
                "get",
                "--raw",
                "/api/v1/namespaces/" + namespace + "/pods?fieldSelector=status.phase%3DRunning&labelSelector="
                        + selected)));
        return list.at("items").items().stream();
    }
}

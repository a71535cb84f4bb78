package stream.weir.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The PodMonitors for the Prometheus operator select the pods that there are, and a port that these have. */
final class PodMonitorTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", ".."));
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final String GOLDEN = "k8s-operator/src/test/resources/stream/weir/operator/resource/";

    @ParameterizedTest
    @CsvSource({
        "weir, " + GOLDEN + "stage.yaml",
        "weir, " + GOLDEN + "coordinator.yaml",
        "weir-operator, deploy/kustomize/base/operator.yaml"
    })
    void when_a_pod_has_figures_then_its_monitor_selects_it_and_names_its_port(String monitor, String deployment)
            throws IOException {
        // given
        PodTemplateSpec pod = YAML.unmarshal(Files.readString(ROOT.resolve(deployment)), Deployment.class)
                .getSpec()
                .getTemplate();
        // when
        GenericKubernetesResource found = monitor(monitor);
        // then
        assertThat(selects(
                        YAML.convertValue(found.get("spec", "selector"), LabelSelector.class),
                        pod.getMetadata().getLabels()))
                .isTrue();
        assertThat(pod.getSpec().getContainers().getFirst().getPorts())
                .anyMatch(port -> Objects.equals(port.getName(), found.get("spec", "podMetricsEndpoints", 0, "port")));
    }

    private static GenericKubernetesResource monitor(String name) throws IOException {
        String text = Files.readString(ROOT.resolve("deploy/prometheus/podmonitor.yaml"));
        return List.of(text.split("\n---\n")).stream()
                .map(each -> YAML.unmarshal(each, GenericKubernetesResource.class))
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static boolean selects(LabelSelector selector, Map<String, String> labels) {
        return Optional.ofNullable(selector.getMatchLabels()).orElse(Map.of()).entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
                && selector.getMatchExpressions().stream().allMatch(each -> holds(each, labels));
    }

    private static boolean holds(LabelSelectorRequirement wanted, Map<String, String> labels) {
        return switch (wanted.getOperator()) {
            case "In" -> wanted.getValues().contains(labels.getOrDefault(wanted.getKey(), ""));
            case "Exists" -> labels.containsKey(wanted.getKey());
            default -> throw new IllegalArgumentException("not known here: " + wanted);
        };
    }
}

package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import stream.weir.kubernetes.resource.Weir;

/**
 * Who may connect to a pipeline's pods: to data and control ports only the pipeline itself, to the coordinator's REST interface the
 * operator and pods of the namespace, to health and metrics of stages, and to ports of HTTP sources, anybody.
 */
final class NetworkPolicies {
    private final Subject subject;

    NetworkPolicies(Subject subject) {
        this.subject = subject;
    }

    NetworkPolicy policy() {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        Map<String, String> pipeline = Map.of(Weir.LABEL_PIPELINE, subject.name());
        rules.add(rule(List.of(peer(pipeline)), List.of(Pods.DATA, Pods.CONTROL)));
        NetworkPolicyPeer operator = new NetworkPolicyPeerBuilder()
                .withNamespaceSelector(new LabelSelector())
                .withPodSelector(labels(Map.of("app.kubernetes.io/name", "weir-operator")))
                .build();
        NetworkPolicyPeer namespace = new NetworkPolicyPeerBuilder()
                .withPodSelector(new LabelSelector())
                .build();
        rules.add(rule(List.of(operator, namespace), List.of(Pods.COORDINATOR_HTTP)));
        List<Integer> open = new ArrayList<>(List.of(Pods.STAGE_HTTP));
        subject.spec().stages().stream()
                .flatMap(stage -> SharedObjects.httpPort(stage).stream())
                .filter(port -> !open.contains(port))
                .forEach(open::add);
        rules.add(rule(List.of(), open));
        return new NetworkPolicyBuilder()
                .withMetadata(subject.meta(subject.name(), "network", Map.of()))
                .withNewSpec()
                .withPodSelector(labels(pipeline))
                .withPolicyTypes("Ingress")
                .withIngress(rules)
                .endSpec()
                .build();
    }

    private static NetworkPolicyIngressRule rule(List<NetworkPolicyPeer> from, List<Integer> ports) {
        return new NetworkPolicyIngressRuleBuilder()
                .withFrom(from)
                .withPorts(ports.stream().map(NetworkPolicies::port).toList())
                .build();
    }

    private static NetworkPolicyPort port(int number) {
        return new NetworkPolicyPortBuilder()
                .withProtocol("TCP")
                .withPort(new IntOrString(number))
                .build();
    }

    private static NetworkPolicyPeer peer(Map<String, String> pods) {
        return new NetworkPolicyPeerBuilder().withPodSelector(labels(pods)).build();
    }

    private static LabelSelector labels(Map<String, String> labels) {
        return new LabelSelectorBuilder().withMatchLabels(labels).build();
    }
}

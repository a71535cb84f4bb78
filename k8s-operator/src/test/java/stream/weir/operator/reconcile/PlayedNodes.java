package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plays the controllers and kubelets that are not there: pods of Deployments come, get ready, and go by deletion cost. */
final class PlayedNodes {
    private static final String TEMPLATE = "weir.test/template";

    private final KubernetesClient admin;
    private final String namespace;
    private final InstantSource clock;
    private int made;
    final Set<String> neverReady = new HashSet<>();
    final Set<String> dead = new HashSet<>();
    int checkExit;
    String checkMessage = "";

    PlayedNodes(KubernetesClient admin, String namespace, InstantSource clock) {
        this.admin = admin;
        this.namespace = namespace;
        this.clock = clock;
    }

    void run() {
        List<Deployment> deployments =
                admin.apps().deployments().inNamespace(namespace).list().getItems();
        Set<String> names = new HashSet<>();
        for (Deployment deployment : deployments) {
            names.add(deployment.getMetadata().getName());
            run(deployment);
        }
        for (Pod pod : pods()) {
            String owner = pod.getMetadata().getAnnotations() == null
                    ? ""
                    : pod.getMetadata().getAnnotations().getOrDefault("weir.test/owner", "");
            if (!owner.isEmpty() && !names.contains(owner)) {
                remove(pod);
            }
            if (component(pod).equals("state-check")
                    && pod.getStatus().getContainerStatuses().isEmpty()) {
                ended(pod);
            }
        }
    }

    List<Pod> pods() {
        return admin.pods().inNamespace(namespace).list().getItems();
    }

    List<Pod> podsOf(String deployment) {
        return pods().stream()
                .filter(pod -> pod.getMetadata().getAnnotations() != null
                        && deployment.equals(pod.getMetadata().getAnnotations().get("weir.test/owner")))
                .toList();
    }

    static String component(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault("app.kubernetes.io/component", "");
    }

    private void run(Deployment deployment) {
        String template = String.valueOf(deployment.getSpec().getTemplate().hashCode());
        List<Pod> own = new ArrayList<>(podsOf(deployment.getMetadata().getName()));
        own.stream()
                .filter(pod ->
                        !template.equals(pod.getMetadata().getAnnotations().get(TEMPLATE)))
                .forEach(this::remove);
        own.removeIf(pod -> !template.equals(pod.getMetadata().getAnnotations().get(TEMPLATE)));
        while (own.size() < deployment.getSpec().getReplicas()) {
            own.add(create(deployment, template));
        }
        own.sort(Comparator.comparingInt(PlayedNodes::cost).reversed());
        while (own.size() > deployment.getSpec().getReplicas()) {
            remove(own.removeLast());
        }
    }

    private Pod create(Deployment deployment, String template) {
        String turn = "node-" + (made % 2 + 1);
        // As the scheduler, which keeps off nodes with the taint.
        String node = dead.contains(turn) ? "node-" + ((made + 1) % 2 + 1) : turn;
        Pod pod = admin.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(deployment.getMetadata().getName() + "-" + made++)
                        .withLabels(
                                deployment.getSpec().getTemplate().getMetadata().getLabels())
                        .addToAnnotations(
                                "weir.test/owner", deployment.getMetadata().getName())
                        .addToAnnotations(TEMPLATE, template)
                        .endMetadata()
                        .withSpec(deployment.getSpec().getTemplate().getSpec())
                        .editSpec()
                        .withNodeName(node)
                        .endSpec()
                        .build())
                .create();
        boolean ready = neverReady.stream().noneMatch(deployment.getMetadata().getName()::startsWith);
        Instant started = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        pod.setStatus(new PodStatusBuilder()
                .withPhase("Running")
                .withPodIP("10.0.0." + (made % 250 + 1))
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .withLastTransitionTime(started.toString())
                .endCondition()
                .addNewContainerStatus()
                .withName("c")
                .withImage("i")
                .withImageID("i")
                .withReady(ready)
                .withRestartCount(0)
                .withNewState()
                .withNewRunning()
                .withStartedAt(started.toString())
                .endRunning()
                .endState()
                .endContainerStatus()
                .build());
        return admin.resource(pod).subresource("status").update();
    }

    private void ended(Pod pod) {
        pod.setStatus(new PodStatusBuilder()
                .withPhase(checkExit == 0 ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withName("stage")
                .withImage("i")
                .withImageID("i")
                .withReady(false)
                .withRestartCount(0)
                .withNewState()
                .withNewTerminated()
                .withExitCode(checkExit)
                .withMessage(checkMessage)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .build());
        admin.resource(pod).subresource("status").update();
    }

    void node(String name, String ready) {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .endMetadata()
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready)
                .endCondition()
                .endStatus()
                .build();
        if (admin.nodes().withName(name).get() == null) {
            admin.resource(node).create();
        }
        // Nodes are of all worlds, and those before have left marks, and leases renewed by their clocks.
        admin.leases().inNamespace("kube-node-lease").withName(name).delete();
        admin.nodes().withName(name).edit(fresh -> {
            fresh.getSpec().setTaints(List.of());
            fresh.getMetadata().setLabels(Map.of());
            return fresh;
        });
        admin.nodes().withName(name).editStatus(fresh -> {
            fresh.setStatus(node.getStatus());
            return fresh;
        });
    }

    /** A pod on a dead node stays, as nobody says that it is gone. */
    private void remove(Pod pod) {
        if (!dead.contains(pod.getSpec().getNodeName())) {
            admin.resource(pod).withGracePeriod(0).delete();
        }
    }

    private static int cost(Pod pod) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations().get("controller.kubernetes.io/pod-deletion-cost"))
                .map(Integer::valueOf)
                .orElse(0);
    }
}

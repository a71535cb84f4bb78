package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.plan.Observed.NodeSeen;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.status.EventReason;

/**
 * Marks nodes that look lost with a taint, so that no replacement is tried there, and takes it away when their kubelet is back: whatever
 * has become of the pipeline for which a node was marked. Any thread.
 */
final class LostNodes {
    private static final int UNPROCESSABLE = 422;

    private final Cluster cluster;
    private final EventLog events;
    private final InstantSource clock;

    LostNodes(Cluster cluster, EventLog events, InstantSource clock) {
        this.cluster = cluster;
        this.events = events;
        this.clock = clock;
    }

    /** What is known of a node, and of its lease where it is marked. */
    static NodeSeen seen(Node node, Cluster cluster) {
        String name = node.getMetadata().getName();
        boolean ready = Optional.ofNullable(node.getStatus()).stream()
                .flatMap(status -> status.getConditions().stream())
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
        Optional<Instant> tainted = node.getSpec().getTaints().stream()
                .filter(taint -> taint.getKey().equals(Weir.TAINT_LOST))
                .map(taint -> Optional.ofNullable(taint.getTimeAdded())
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH))
                .findFirst();
        Optional<Instant> renewed = tainted.isEmpty()
                ? Optional.empty()
                : cluster.nodeLease(name)
                        .flatMap(lease -> Optional.ofNullable(lease.getSpec().getRenewTime()))
                        .map(ZonedDateTime::toInstant);
        return new NodeSeen(name, ready, tainted, renewed);
    }

    void mark(String node) {
        Taint taint = new TaintBuilder()
                .withKey(Weir.TAINT_LOST)
                .withValue("true")
                .withEffect("NoSchedule")
                .withTimeAdded(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        setTaint(node, Optional.of(taint));
    }

    /** Frees all that are back. */
    void free() {
        for (Node node : cluster.lostNodes()) {
            if (seen(node, cluster).isBack()) {
                String name = node.getMetadata().getName();
                setTaint(name, Optional.empty());
                events.record(
                        node,
                        Kind.NORMAL,
                        EventReason.NODE_BACK,
                        "node " + name + " is back: pods of pipelines may go there again");
            }
        }
    }

    private void setTaint(String name, Optional<Taint> taint) {
        try {
            cluster.client().nodes().withName(name).edit(node -> {
                List<Taint> taints = new ArrayList<>(node.getSpec().getTaints());
                taints.removeIf(each -> each.getKey().equals(Weir.TAINT_LOST));
                taint.ifPresent(taints::add);
                node.getSpec().setTaints(taints);
                Map<String, String> labels = new HashMap<>(
                        Optional.ofNullable(node.getMetadata().getLabels()).orElse(Map.of()));
                labels.remove(Weir.TAINT_LOST);
                taint.ifPresent(_ -> labels.put(Weir.TAINT_LOST, "true"));
                node.getMetadata().setLabels(labels);
                return node;
            });
        } catch (KubernetesClientException e) {
            // Without rights on nodes a replacement may be tried on a node that is gone, and is moved on a little
            // later. A patch that does not fit any more: somebody else was there first, another pipeline's look as a
            // rule. A node that is not there any more has no taint either.
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN
                    && e.getCode() != UNPROCESSABLE
                    && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }
}

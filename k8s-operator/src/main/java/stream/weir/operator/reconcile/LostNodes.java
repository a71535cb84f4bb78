package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.plan.Observed.NodeSeen;
import stream.weir.operator.reconcile.EventLog.Kind;
import stream.weir.operator.status.EventReason;

/**
 * Marks nodes that look lost with a taint, so that no replacement is tried there, and takes it away when their kubelet is back: whatever
 * has become of the pipeline for which a node was marked. Any thread.
 */
final class LostNodes {
    private static final Logger LOG = LoggerFactory.getLogger(LostNodes.class);

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

    /** Whether that was done: not where the node is gone, may not be changed, or is changed by others all the time. */
    boolean mark(String node) {
        Taint taint = new TaintBuilder()
                .withKey(Weir.TAINT_LOST)
                .withValue("true")
                .withEffect("NoSchedule")
                .withTimeAdded(clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .build();
        try {
            return Cluster.retried(() -> cluster.node(node)
                    .filter(there -> setTaint(there, Optional.of(taint)))
                    .isPresent());
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            LOG.warn("node {} looks lost, but is not marked, so that new pods may be tried there", node, e);
            return false;
        }
    }

    /** Frees all that are back. */
    void free() {
        cluster.lostNodes().forEach(this::free);
    }

    /** Frees it if it is back, unless it has been changed since it was read. */
    void free(Node node) {
        try {
            if (seen(node, cluster).isBack() && setTaint(node, Optional.empty())) {
                events.record(
                        node,
                        Kind.NORMAL,
                        EventReason.NODE_BACK,
                        "node " + node.getMetadata().getName() + " is back: pods of pipelines may go there again");
            }
        } catch (KubernetesClientException e) {
            // It is looked at again with the next look.
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    /**
     * Whether it was done.
     *
     * @throws KubernetesClientException of code 409 where the node has been changed since it was read
     */
    private boolean setTaint(Node node, Optional<Taint> taint) {
        List<Taint> taints = new ArrayList<>(node.getSpec().getTaints());
        taints.removeIf(each -> each.getKey().equals(Weir.TAINT_LOST));
        taint.ifPresent(taints::add);
        // The whole list is replaced, which has taints of others: only where the node is as it was read, by its
        // version.
        String change = """
                {"metadata": {"resourceVersion": "%s", "labels": {"%s": %s}}, "spec": {"taints": %s}}""".formatted(
                        node.getMetadata().getResourceVersion(),
                        Weir.TAINT_LOST,
                        taint.isPresent() ? "\"true\"" : "null",
                        cluster.client().getKubernetesSerialization().asJson(taints));
        try {
            cluster.client().resource(node).patch(PatchContext.of(PatchType.JSON_MERGE), change);
            return true;
        } catch (KubernetesClientException e) {
            // Without rights on nodes a replacement may be tried on a node that is gone, and is moved on a little
            // later. One that is not there any more has no taint either.
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            return false;
        }
    }
}

package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Taints of lost nodes beside those of others, against a real API server. */
final class LostNodesIT {
    private static final String NODE = "node-of-many";
    private static final String LEASES = "kube-node-lease";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private KubernetesClient admin;
    private LostNodes nodes;

    @BeforeEach
    void start() throws IOException {
        KubernetesClient operator = ApiServer.shared().operator();
        admin = ApiServer.shared().admin();
        nodes = new LostNodes(new Cluster(operator), new EventLog(operator, () -> NOW), () -> NOW);
        admin.resource(new NodeBuilder()
                        .withNewMetadata()
                        .withName(NODE)
                        .endMetadata()
                        .build())
                .create();
        taint("example.com/first");
    }

    @AfterEach
    void end() {
        admin.nodes().withName(NODE).delete();
        admin.leases().inNamespace(LEASES).withName(NODE).delete();
    }

    @Test
    void when_a_node_is_marked_and_freed_then_taints_of_others_stay() {
        nodes.mark(NODE);
        assertThat(keys()).contains("example.com/first", "weir.stream/lost");
        renew();

        nodes.free();

        assertThat(keys()).contains("example.com/first").doesNotContain("weir.stream/lost");
        assertThat(node().getMetadata().getLabels()).doesNotContainKey("weir.stream/lost");
    }

    @Test
    void when_somebody_taints_a_node_after_it_was_looked_at_then_that_stays_and_the_next_look_frees_it() {
        nodes.mark(NODE);
        renew();
        Node looked = node();
        taint("example.com/second");

        nodes.free(looked);
        assertThat(keys()).contains("example.com/first", "example.com/second", "weir.stream/lost");

        nodes.free();
        assertThat(keys()).contains("example.com/first", "example.com/second").doesNotContain("weir.stream/lost");
    }

    @Test
    void when_a_node_is_gone_then_it_is_neither_marked_nor_freed() {
        nodes.mark(NODE);
        renew();
        Node looked = node();
        admin.nodes().withName(NODE).delete();

        nodes.free(looked);

        assertThat(nodes.mark(NODE)).isFalse();
        assertThat(admin.nodes().withName(NODE).get()).isNull();
    }

    @Test
    void when_somebody_changes_a_node_while_it_is_marked_then_it_is_tried_again_with_what_it_has_then()
            throws IOException {
        List<String> added = new ArrayList<>(List.of("example.com/second", "example.com/third"));
        meanwhile(() -> {
            if (!added.isEmpty()) {
                taint(added.removeFirst());
            }
        });

        assertThat(nodes.mark(NODE)).isTrue();

        assertThat(keys()).contains("example.com/first", "example.com/second", "example.com/third", "weir.stream/lost");
    }

    @Test
    void when_somebody_changes_a_node_each_time_then_that_comes_to_an_end_and_it_is_not_marked() throws IOException {
        AtomicInteger tries = new AtomicInteger();
        meanwhile(() -> taint("example.com/" + tries.incrementAndGet()));

        assertThat(nodes.mark(NODE)).isFalse();

        assertThat(tries).hasValueBetween(2, 10);
        assertThat(keys()).contains("example.com/first", "example.com/1").doesNotContain("weir.stream/lost");
    }

    /** Before the operator writes to the node. */
    private static void meanwhile(Runnable others) throws IOException {
        ApiServer.shared().meanwhile = request -> {
            if (request.uri().getPath().endsWith("/nodes/" + NODE)) {
                others.run();
            }
        };
    }

    /** The first of all, so that others are at other places of the list. */
    private void taint(String key) {
        admin.nodes().withName(NODE).edit(node -> {
            List<Taint> taints = new ArrayList<>(node.getSpec().getTaints());
            taints.addFirst(
                    new TaintBuilder().withKey(key).withEffect("NoSchedule").build());
            node.getSpec().setTaints(taints);
            return node;
        });
    }

    /** Its kubelet is there again. */
    private void renew() {
        admin.resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(NODE)
                        .withNamespace(LEASES)
                        .endMetadata()
                        .withNewSpec()
                        .withRenewTime(NOW.plusSeconds(60).atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .serverSideApply();
    }

    private List<String> keys() {
        return node().getSpec().getTaints().stream().map(Taint::getKey).toList();
    }

    private Node node() {
        return admin.nodes().withName(NODE).get();
    }
}

package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.operator.job.JobStatus;

/** Scaling, and pods and nodes that are lost, against a real API server. */
final class ScalingIT {
    private static final String WRONG =
            LifeIT.SPEC.replace("keyBy: [k]}], steps: [", "keyBy: [k]}], steps: [{filter: j > 0}, ");

    private World world;

    @BeforeEach
    void start() throws IOException {
        world = new World(ApiServer.shared());
        world.apply(LifeIT.SPEC);
        world.settle();
        world.job.calls.clear();
    }

    @Test
    void when_a_stage_is_scaled_up_then_pods_come_first_and_others_stay() {
        var before = world.uids();

        world.scale("sum", 4);
        world.settle();

        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 4, "out", 1));
        assertThat(world.job.holders().get("sum")).hasSize(4);
        assertThat(world.uids()).containsAllEntriesOf(before);
        assertThat(world.stage("sum").getStatus().replicas()).isEqualTo(4);
    }

    @Test
    void when_a_stage_is_scaled_down_then_only_pods_that_hold_nothing_go() {
        world.scale("sum", 4);
        world.settle();
        world.scale("sum", 2);
        world.settle();

        world.assertRuns();
        List<String> holders = world.job.holders().getOrDefault("sum", List.of());
        assertThat(world.nodes.pods().stream().map(Pod::getMetadata).map(ObjectMeta::getName))
                .filteredOn(name -> name.startsWith("orders-sum"))
                .containsExactlyInAnyOrderElementsOf(holders);
        assertThat(world.job.run()).as("one run for each scaling").isEqualTo(3);
    }

    @Test
    void when_key_groups_have_not_left_yet_then_no_pod_goes() {
        world.job.refusesReplicas = true;
        world.scale("sum", 1);
        world.settle();

        assertThat(world.replicas()).containsEntry("sum", 2);
        assertThat(world.condition("Stalled")).isEqualTo("True/Refused");
        assertThat(world.message("Stalled")).contains("MORE_REPLICAS_THAN_KEY_GROUPS");
        assertThat(world.events()).contains("RescaleRefused");
    }

    @Test
    void when_more_replicas_than_key_groups_are_asked_for_then_the_api_refuses() {
        assertThatThrownBy(() -> world.scale("sum", 129)).hasMessageContaining("more replicas than the pipeline has");
    }

    /** ANCHORS 4.7, 3 and 4: the difference only, and never a number of our own. */
    @Test
    void when_the_pipeline_is_applied_again_with_other_replicas_then_the_user_s_scaling_stays() {
        world.scale("sum", 3);
        world.settle();
        var before = world.uids();

        world.apply(LifeIT.SPEC.replace("replicas: 2", "replicas: 5"));
        world.settle();

        world.assertRuns();
        assertThat(world.stage("sum").getSpec().replicas()).isEqualTo(3);
        assertThat(world.uids()).containsAllEntriesOf(before);
        assertThat(world.stage("sum").getMetadata().getManagedFields())
                .filteredOn(field -> field.getManager().equals("weir-operator") && field.getSubresource() == null)
                .allSatisfy(
                        field -> assertThat(String.valueOf(field.getFieldsV1())).doesNotContain("f:replicas"));
    }

    /** ANCHORS 4.7, 3: numaflow 3523. */
    @Test
    void when_one_bound_of_scaling_changes_then_no_pod_is_replaced() {
        var before = world.uids();
        world.apply(LifeIT.SPEC.replace("replicas: 2", "replicas: 2, scale: {mode: \"Off\", max: 7}"));
        world.settle();

        assertThat(world.uids()).isEqualTo(before);
    }

    @Test
    void when_another_number_of_replicas_is_recommended_then_an_event_says_so_once_and_nothing_is_scaled() {
        world.apply(LifeIT.SPEC.replace(
                "replicas: 2", "replicas: 2, scale: {mode: Recommend, max: 8, warmUp: 1s, scaleUpWindow: 5s}"));
        world.settle();
        world.job.busy = 0.95;
        for (int i = 0; i < 30; i++) {
            world.pass(Duration.ofSeconds(5));
            world.reconcile();
        }

        assertThat(world.stage("sum").getStatus().recommended()).isEqualTo(3);
        assertThat(world.admin.v1().events().inNamespace(world.namespace).list().getItems())
                .filteredOn(event -> event.getReason().equals("ScalingRecommended"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getMessage()).startsWith("sum has 2 replicas and should have 3: ");
                    assertThat(event.getType()).isEqualTo("Normal");
                });
        assertThat(world.stage("sum").getSpec().replicas()).isEqualTo(2);
        assertThat(world.replicas()).containsEntry("sum", 2);
    }

    @Test
    void when_sources_are_behind_then_stage_and_pipeline_say_how_far() {
        world.job.lag = 4_711;
        world.settle();

        assertThat(world.stage("in").getStatus().lag()).isEqualTo(4_711);
        assertThat(world.stage("sum").getStatus().lag()).isNull();
        assertThat(world.pipeline().getStatus().lag()).isEqualTo(4_711);
    }

    @Test
    void when_a_node_is_gone_then_its_pods_are_replaced_at_once_elsewhere() {
        Pod victim = podOf("sum");
        lose(victim.getSpec().getNodeName());

        world.settle();

        assertThat(taints(victim.getSpec().getNodeName())).contains("weir.stream/lostNoSchedule");
        assertThat(world.nodes.pods())
                .noneMatch(pod ->
                        pod.getSpec().getNodeName().equals(victim.getSpec().getNodeName())
                                && PlayedNodes.component(pod).equals("stage"));
        world.job.lost.clear();
        world.job.takeOne();
        world.settle();
        world.assertRuns();
        assertThat(world.events()).contains("PodLost", "NodeLost", "RestoredFromCheckpoint");

        // when its kubelet is back
        world.nodes.dead.clear();
        world.pass(Duration.ofMinutes(1));
        renew(victim.getSpec().getNodeName());
        world.settle();
        assertThat(taints(victim.getSpec().getNodeName())).isEmpty();
    }

    /** Nobody looks at a node for a pipeline that is not there any more. */
    @Test
    void when_the_only_pipeline_is_deleted_while_a_node_is_gone_then_the_node_takes_pods_again_when_it_is_back() {
        String node = podOf("sum").getSpec().getNodeName();
        lose(node);
        world.reconcile();
        assertThat(taints(node)).contains("weir.stream/lostNoSchedule");
        world.admin.resource(world.pipeline()).delete();
        world.restartOperator();
        world.reconcile();

        world.freeNodes();
        assertThat(taints(node)).as("it is gone still").isNotEmpty();
        world.pass(Duration.ofMinutes(1));
        renew(node);
        world.freeNodes();

        assertThat(taints(node)).isEmpty();
        assertThat(world.admin.nodes().withName(node).get().getMetadata().getLabels())
                .doesNotContainKey("weir.stream/lost");
        assertThat(world.admin.v1().events().inNamespace("default").list().getItems())
                .filteredOn(event -> event.getReason().equals("NodeBack"))
                .anySatisfy(event -> {
                    assertThat(event.getInvolvedObject().getKind()).isEqualTo("Node");
                    assertThat(event.getInvolvedObject().getName()).isEqualTo(node);
                });
    }

    private List<String> taints(String node) {
        return world.admin.nodes().withName(node).get().getSpec().getTaints().stream()
                .map(taint -> taint.getKey() + taint.getEffect())
                .toList();
    }

    @Test
    void when_the_node_of_the_coordinator_is_gone_then_its_pod_is_replaced_soon_and_the_next_one_need_not_wait() {
        Pod victim = world.nodes.podsOf("orders-coordinator").getFirst();
        String node = victim.getSpec().getNodeName();
        world.pass(Duration.ofSeconds(30));
        world.reconcile();
        holdLease(victim.getStatus().getPodIP() + ":7071", Duration.ZERO);
        world.nodes.dead.add(node);
        world.job.nobodyLeads();

        world.pass(Duration.ofSeconds(2));
        world.reconcile();
        assertThat(world.uids())
                .as("it may be slow")
                .containsKey(victim.getMetadata().getName());

        world.pass(Duration.ofSeconds(3));
        world.reconcile();
        assertThat(world.uids()).doesNotContainKey(victim.getMetadata().getName());
        assertThat(lease().getSpec().getHolderIdentity()).isEmpty();
        assertThat(world.admin.nodes().withName(node).get().getSpec().getTaints())
                .extracting(taint -> taint.getKey())
                .contains("weir.stream/lost");
        world.settle();
        assertThat(world.nodes.podsOf("orders-coordinator"))
                .singleElement()
                .matches(pod -> !pod.getSpec().getNodeName().equals(node));
    }

    @Test
    void when_a_lost_node_changes_all_the_time_then_its_pods_are_replaced_and_no_event_says_that_it_is_marked()
            throws IOException {
        Pod victim = podOf("sum");
        String node = victim.getSpec().getNodeName();
        lose(node);
        AtomicInteger changes = new AtomicInteger();
        ApiServer.shared().meanwhile = request -> {
            if (request.uri().getPath().endsWith("/nodes/" + node)) {
                String change =
                        "{\"metadata\": {\"annotations\": {\"changes\": \"" + changes.incrementAndGet() + "\"}}}";
                world.admin.nodes().withName(node).patch(PatchContext.of(PatchType.JSON_MERGE), change);
            }
        };

        world.reconcile();

        assertThat(changes).hasPositiveValue();
        assertThat(taints(node)).doesNotContain("weir.stream/lostNoSchedule");
        assertThat(world.events()).contains("PodLost").doesNotContain("NodeLost");
    }

    @Test
    void when_a_node_is_gone_while_the_spec_cannot_be_run_then_what_runs_gets_its_pods_back_all_the_same() {
        world.apply(WRONG);
        world.settle();
        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        Pod victim = podOf("sum");
        lose(victim.getSpec().getNodeName());

        world.reconcile();
        assertThat(world.uids()).doesNotContainKey(victim.getMetadata().getName());
        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        assertThat(world.condition("Reconciling")).isEqualTo("True/ReplacingLostPods");
        assertThat(world.message("Reconciling")).contains(victim.getMetadata().getName());
        world.settle();

        assertThat(world.events()).contains("PodLost", "NodeLost");
        assertThat(world.condition("Reconciling")).isEqualTo("False/UpToDate");
        assertThat(world.job.phase).isEqualTo(JobStatus.Phase.RUNNING);
        assertThat(world.job.startsFromNothing).isEqualTo(1);
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 2, "out", 1));
    }

    @Test
    void when_a_node_is_gone_while_data_are_to_be_deleted_then_its_pods_are_not_waited_for() {
        world.apply(LifeIT.SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        lose(podOf("sum").getSpec().getNodeName());
        world.admin.resource(world.pipeline()).delete();
        for (int i = 0; i < 6 && world.pipeline() != null; i++) {
            world.reconcile();
            world.nodes.run();
            world.elect();
        }

        assertThat(world.pipeline()).isNull();
        assertThat(world.job.dataDeleted).isTrue();
        assertThat(world.events()).contains("CleanupCompleted").doesNotContain("CleanupFailed");
    }

    @Test
    void when_the_node_of_the_coordinator_is_gone_while_the_spec_cannot_be_run_then_another_one_leads() {
        world.apply(WRONG);
        world.settle();
        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        Pod victim = world.nodes.podsOf("orders-coordinator").getFirst();
        world.pass(Duration.ofSeconds(30));
        world.reconcile();
        holdLease(victim.getStatus().getPodIP() + ":7071", Duration.ZERO);
        world.nodes.dead.add(victim.getSpec().getNodeName());
        world.job.nobodyLeads();

        world.pass(Duration.ofSeconds(4));
        assertThat(world.reconcile()).as("looked at again at once").hasValueSatisfying(again -> assertThat(again)
                .isLessThan(Duration.ofSeconds(1)));
        world.pass(Duration.ofSeconds(2));
        world.reconcile();
        assertThat(world.uids()).doesNotContainKey(victim.getMetadata().getName());
        assertThat(lease().getSpec().getHolderIdentity()).isEmpty();
        world.settle();

        assertThat(world.nodes.podsOf("orders-coordinator")).singleElement().matches(pod -> !pod.getSpec()
                .getNodeName()
                .equals(victim.getSpec().getNodeName()));
        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
    }

    /** Java writes an address of version 6 in full, Kubernetes the short way. */
    @ParameterizedTest
    @ValueSource(strings = {"[fd00:10:0:0:0:0:0:7]:7071", "[fd00:10::7]:7071", "10.77.0.7:7071"})
    void when_the_coordinator_that_is_gone_was_elected_by_either_of_its_addresses_then_its_pod_is_found(String holder) {
        Pod victim = world.nodes.podsOf("orders-coordinator").getFirst();
        victim.getStatus().setPodIP("10.77.0.7");
        victim.getStatus().setPodIPs(List.of(new PodIP("10.77.0.7"), new PodIP("fd00:10::7")));
        world.admin.resource(victim).subresource("status").update();
        world.pass(Duration.ofSeconds(30));
        world.reconcile();
        holdLease(holder, Duration.ZERO);
        world.nodes.dead.add(victim.getSpec().getNodeName());
        world.job.nobodyLeads();

        world.pass(Duration.ofSeconds(4));
        world.reconcile();
        world.pass(Duration.ofSeconds(2));
        world.reconcile();

        assertThat(world.uids()).doesNotContainKey(victim.getMetadata().getName());
        assertThat(lease().getSpec().getHolderIdentity()).isEmpty();
    }

    @Test
    void when_the_pod_that_led_was_deleted_then_its_lease_is_given_up_for_whoever_waits() {
        world.pass(Duration.ofSeconds(30));
        world.reconcile();
        Map<String, String> before = world.uids();
        holdLease("10.9.9.9:7071", Duration.ZERO);
        world.job.nobodyLeads();

        world.pass(Duration.ofSeconds(6));
        world.reconcile();

        assertThat(lease().getSpec().getHolderIdentity()).isEmpty();
        assertThat(world.uids()).isEqualTo(before);
    }

    @Test
    void when_the_coordinator_renews_its_lease_and_is_not_reached_then_its_pod_stays() {
        Pod coordinator = world.nodes.podsOf("orders-coordinator").getFirst();
        String holder = coordinator.getStatus().getPodIP() + ":7071";
        world.pass(Duration.ofSeconds(30));
        world.reconcile();
        world.job.nobodyLeads();

        for (int i = 0; i < 5; i++) {
            world.pass(Duration.ofSeconds(5));
            // However long this test takes until the operator looks.
            holdLease(holder, Duration.ofHours(1));
            world.reconcile();
        }

        assertThat(world.uids())
                .containsEntry(
                        coordinator.getMetadata().getName(),
                        coordinator.getMetadata().getUid());
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo(holder);
    }

    private Lease lease() {
        return world.admin
                .leases()
                .inNamespace(world.namespace)
                .withName("orders-coordinator")
                .get();
    }

    private void holdLease(String holder, Duration ahead) {
        world.admin
                .leases()
                .inNamespace(world.namespace)
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName("orders-coordinator")
                        .withNamespace(world.namespace)
                        .endMetadata()
                        .withNewSpec()
                        .withHolderIdentity(holder)
                        .withLeaseDurationSeconds(10)
                        .withRenewTime(world.now().plus(ahead).atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    @Test
    void when_only_a_container_died_then_the_pod_is_left_to_its_kubelet() {
        Pod victim = podOf("sum");
        String name = victim.getMetadata().getName();
        world.pass(Duration.ofSeconds(30));
        victim.getStatus()
                .getContainerStatuses()
                .getFirst()
                .getState()
                .getRunning()
                .setStartedAt(world.now().truncatedTo(ChronoUnit.SECONDS).toString());
        world.admin.resource(victim).subresource("status").update();
        world.job.lost.add(new JobStatus.Lost(
                name, "sum", "CLOSED", world.now().minusSeconds(2).toEpochMilli()));

        world.settle();

        assertThat(world.uids()).containsEntry(name, victim.getMetadata().getUid());
    }

    private Pod podOf(String stage) {
        return world.nodes.pods().stream()
                .filter(pod -> pod.getMetadata().getName().startsWith("orders-" + stage))
                .findFirst()
                .orElseThrow();
    }

    /** All stage pods of the node are lost, as the coordinator sees it; the API server knows nothing of it. */
    private void lose(String node) {
        world.pass(Duration.ofSeconds(30));
        world.nodes.dead.add(node);
        world.nodes.pods().stream()
                .filter(pod -> pod.getSpec().getNodeName().equals(node)
                        && PlayedNodes.component(pod).equals("stage"))
                .forEach(pod -> world.job.lost.add(new JobStatus.Lost(
                        pod.getMetadata().getName(),
                        "?",
                        "HEARTBEAT",
                        world.now().minusSeconds(2).toEpochMilli())));
        if (world.nodes.podsOf("orders-coordinator").stream()
                .anyMatch(pod -> pod.getSpec().getNodeName().equals(node))) {
            // The job goes on with another leader: this suite is about the stages.
            world.nodes
                    .podsOf("orders-coordinator")
                    .forEach(pod -> world.admin.resource(pod).withGracePeriod(0).delete());
        }
    }

    private void renew(String node) {
        world.admin
                .leases()
                .inNamespace("kube-node-lease")
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withName(node)
                        .withNamespace("kube-node-lease")
                        .endMetadata()
                        .withNewSpec()
                        .withRenewTime(world.now().atZone(ZoneOffset.UTC))
                        .endSpec()
                        .build())
                .serverSideApply();
    }
}

package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.kubernetes.resource.CheckpointCoordinator;
import stream.weir.kubernetes.resource.CoordinatorSpec;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.PipelineStatus.RegionSummary;
import stream.weir.kubernetes.resource.SavepointSpec;
import stream.weir.kubernetes.resource.SavepointStatus;
import stream.weir.kubernetes.resource.SavepointStatus.RegionFolder;
import stream.weir.kubernetes.resource.SnapshotState;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.operator.job.JobStatus;

/** The life of a pipeline that a durable edge cuts into the regions {@code orders} and {@code orders-sum}, against a real API server. */
final class RegionsIT {
    private static final String SPEC = """
            {checkpoint: {interval: 2s, snapshots: {uri: "s3://bucket/x"}}, stages: [
              {name: in, source: {generator: {fields: {k: {sequence: 0}}}}},
              {name: sum, inputs: [{from: in, durable: {kafka: {brokers: "k:9092", topic: edge, key: [k]}}}]},
              {name: out, replicas: 2, inputs: [{from: sum, keyBy: [k]}], steps: [{aggregate: {fields: {n: {count: "*"}}}}]}]}
            """;
    private static final String CONNECTED =
            SPEC.replace(", durable: {kafka: {brokers: \"k:9092\", topic: edge, key: [k]}}", "");
    private static final String CHANGED = SPEC.replace("{n: {count", "{m: {count");

    private World world;

    @BeforeEach
    void start() throws IOException {
        world = new World(ApiServer.shared());
    }

    @Test
    void
            when_a_pipeline_with_a_durable_edge_is_applied_then_each_region_has_a_coordinator_and_both_are_in_the_status() {
        world.apply(SPEC);
        world.settle();

        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 1, "out", 2));
        assertThat(coordinators())
                .isEqualTo(Map.of("orders-coordinator", "orders", "orders-sum-coordinator", "orders-sum"));
        assertThat(world.status().stagesReady()).isEqualTo("3/3");
        assertThat(Optional.ofNullable(world.status().regions()).orElseThrow())
                .extracting(RegionSummary::name, RegionSummary::phase, RegionSummary::stagesReady)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("orders", PipelinePhase.Running, "1/1"),
                        org.assertj.core.groups.Tuple.tuple("orders-sum", PipelinePhase.Running, "2/2"));
        assertThat(region("orders-sum").lastCheckpoint()).isEqualTo("orders-sum-0000000001");
        assertThat(record("orders").getSpec()).isEqualTo(new CoordinatorSpec("orders", "orders"));
        assertThat(record("orders-sum").getSpec()).isEqualTo(new CoordinatorSpec("orders", "orders-sum"));
    }

    @Test
    void when_leaders_are_elected_then_there_is_an_event_for_each_region_and_another_one_when_only_its_own_changes() {
        world.apply(SPEC);
        world.settle();
        assertThat(elections())
                .hasSize(2)
                .anyMatch(message -> message.endsWith(" leads region orders in term 1"))
                .anyMatch(message -> message.endsWith(" leads region orders-sum in term 1"));

        Pod leader = world.nodes.podsOf("orders-sum-coordinator").getFirst();
        world.admin.resource(leader).withGracePeriod(0).delete();
        world.settle();

        assertThat(elections()).hasSize(3).anyMatch(message -> message.endsWith(" leads region orders-sum in term 2"));
        assertThat(region("orders-sum").term()).isEqualTo(2);
    }

    private List<String> elections() {
        return world.admin.v1().events().inNamespace(world.namespace).list().getItems().stream()
                .filter(event -> event.getReason().equals("CoordinatorElected"))
                .map(event -> event.getMessage())
                .toList();
    }

    @Test
    void when_one_region_does_not_come_up_then_the_pipeline_is_not_ready_and_the_message_says_which() {
        world.nodes.neverReady.add("orders-out-");
        world.apply(SPEC);
        world.settle();

        assertThat(world.phase()).isEqualTo(PipelinePhase.Starting);
        assertThat(world.condition("Ready")).isEqualTo("False/Starting");
        assertThat(world.message("Ready")).startsWith("orders-sum: ").doesNotContain("orders: ");
        assertThat(region("orders").phase()).isEqualTo(PipelinePhase.Running);
        assertThat(world.job.phase).isEqualTo(JobStatus.Phase.RUNNING);
    }

    @Test
    void when_a_stage_is_scaled_then_only_its_region_is_asked() {
        world.apply(SPEC);
        world.settle();

        world.scale("out", 3);
        world.settle();

        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 1, "out", 3));
        assertThat(world.lower.calls).contains("replicas {out=3, sum=1}");
        assertThat(world.job.calls).noneMatch(call -> call.startsWith("replicas"));
    }

    @Test
    void when_a_step_changes_then_the_other_region_keeps_its_run_and_its_processes() {
        world.apply(SPEC);
        world.settle();
        long run = world.job.run();
        Map<String, String> before = world.uids();

        world.apply(CHANGED);
        world.settle();
        world.job.takeOne();
        world.settle();

        world.assertRuns();
        assertThat(world.lower.calls).contains("checkpoint");
        assertThat(world.lower.startsFromNothing).isEqualTo(1);
        assertThat(world.job.run()).isEqualTo(run);
        before.keySet().removeIf(pod -> !pod.startsWith("orders-in-"));
        assertThat(world.uids()).hasSizeGreaterThan(1).containsAllEntriesOf(before);
    }

    @Test
    void when_a_process_is_lost_then_only_that_one_is_replaced() {
        world.apply(SPEC);
        world.settle();
        Map<String, String> before = world.uids();
        String gone = world.lower.holders().getOrDefault("sum", List.of()).getFirst();

        world.pass(Duration.ofSeconds(10));
        world.lower.lost.add(new JobStatus.Lost(
                gone, "sum", "no sign of life", world.now().minusSeconds(5).toEpochMilli()));
        world.reconcile();

        assertThat(world.uids()).doesNotContainKey(gone);
        before.remove(gone);
        assertThat(world.uids()).containsAllEntriesOf(before);
    }

    @Test
    void when_a_process_is_lost_while_the_spec_cannot_be_run_then_its_region_gets_another_one() {
        world.apply(SPEC);
        world.settle();
        world.apply(CONNECTED);
        world.settle();
        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        String gone = world.lower.holders().getOrDefault("sum", List.of()).getFirst();
        world.pass(Duration.ofSeconds(10));
        world.lower.lost.add(new JobStatus.Lost(
                gone, "sum", "no sign of life", world.now().minusSeconds(5).toEpochMilli()));

        world.settle();

        assertThat(world.uids()).doesNotContainKey(gone);
        assertThat(world.lower.phase).isEqualTo(JobStatus.Phase.RUNNING);
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 1, "out", 2));
    }

    @Test
    void when_it_is_suspended_then_both_stop_with_a_checkpoint_and_go_on_later() {
        world.apply(SPEC);
        world.settle();

        world.apply(SPEC.replace("{checkpoint", "{suspend: true, checkpoint"));
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Suspended);
        assertThat(world.job.calls).contains("stop");
        assertThat(world.lower.calls).contains("stop");
        assertThat(world.nodes.pods()).isEmpty();

        world.apply(SPEC.replace("{checkpoint", "{suspend: false, checkpoint"));
        world.settle();
        world.assertRuns();
        assertThat(world.job.startsFromNothing).isEqualTo(1);
        assertThat(world.lower.startsFromNothing).isEqualTo(1);
    }

    @Test
    void when_one_region_has_come_to_its_end_then_the_pipeline_runs_until_the_other_has() {
        world.apply(SPEC);
        world.settle();

        world.job.phase = JobStatus.Phase.COMPLETED;
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Running);
        assertThat(world.condition("Ready")).isEqualTo("True/Running");
        assertThat(region("orders").phase()).isEqualTo(PipelinePhase.Completed);
        assertThat(world.replicas()).isEqualTo(Map.of("in", 0, "sum", 1, "out", 2));

        world.lower.phase = JobStatus.Phase.COMPLETED;
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Completed);
        assertThat(world.nodes.pods()).isEmpty();
    }

    @Test
    void when_data_are_to_be_deleted_then_those_of_all_regions_go_before_the_record() {
        deleteWithDataWhileTheStoreOfTheLowerRegionIsDown();
        assertThat(world.job.dataDeleted)
                .as("one region that fails holds up no other")
                .isTrue();
        assertThat(world.lower.dataDeleted).isFalse();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Deleting);
        assertThat(world.condition("Ready")).isEqualTo("False/Deleting");
        assertThat(world.condition("Reconciling")).isEqualTo("True/CleaningUp");

        world.lower.storeIsDown = false;
        world.reconcile();
        assertThat(world.lower.dataDeleted).isTrue();
        assertThat(world.pipeline()).isNull();
    }

    @Test
    void when_data_of_one_region_cannot_be_deleted_in_time_then_the_event_says_so_of_what_was_not() {
        deleteWithDataWhileTheStoreOfTheLowerRegionIsDown();
        world.pass(Duration.ofMinutes(6));
        world.reconcile();

        assertThat(world.job.dataDeleted).isTrue();
        assertThat(world.pipeline()).isNull();
        assertThat(world.admin.v1().events().inNamespace(world.namespace).list().getItems())
                .filteredOn(event -> event.getReason().equals("CleanupFailed"))
                .singleElement()
                .satisfies(event -> assertThat(event.getMessage())
                        .contains("data that were not deleted stay where they are: ", "STORE_FAILED"));
    }

    private void deleteWithDataWhileTheStoreOfTheLowerRegionIsDown() {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        world.lower.storeIsDown = true;
        world.admin.resource(world.pipeline()).delete();
        for (int i = 0; i < 4; i++) {
            world.reconcile();
            world.nodes.run();
        }
    }

    @Test
    void when_a_savepoint_is_asked_for_then_it_is_complete_when_each_region_has_it() {
        world.apply(SPEC);
        world.settle();
        StreamSavepoint savepoint = new StreamSavepoint();
        savepoint.setMetadata(new ObjectMetaBuilder()
                .withName("noon")
                .withNamespace(world.namespace)
                .build());
        savepoint.setSpec(new SavepointSpec("orders"));
        world.admin.resource(savepoint).create();
        world.lower.storeIsDown = true;

        world.savepoints.reconcile(world.namespace, "noon");
        world.savepoints.reconcile(world.namespace, "noon");
        assertThat(world.job.savepoints).containsExactly("noon");
        assertThat(world.admin.resource(savepoint).get().getStatus().state()).isEqualTo(SnapshotState.InProgress);

        world.lower.storeIsDown = false;
        world.savepoints.reconcile(world.namespace, "noon");
        world.savepoints.reconcile(world.namespace, "noon");
        SavepointStatus complete = world.admin.resource(savepoint).get().getStatus();
        assertThat(complete.state()).isEqualTo(SnapshotState.Completed);
        assertThat(complete.uri()).isEqualTo("s3://bucket/x/orders/savepoints/noon");
        assertThat(complete.regions())
                .containsExactly(
                        new RegionFolder("orders", "s3://bucket/x/orders/savepoints/noon"),
                        new RegionFolder("orders-sum", "s3://bucket/x/orders-sum/savepoints/noon"));
    }

    @Test
    void when_a_running_edge_becomes_durable_then_it_is_refused_as_state_would_be_left_behind() {
        world.apply(CONNECTED);
        world.settle();
        world.assertRuns();
        Map<String, String> before = world.uids();

        world.apply(SPEC);
        world.settle();
        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        assertThat(world.message("Stalled"))
                .contains("stage sum runs in region orders and would be in orders-sum")
                .contains("Set its inputs back");
        assertThat(world.uids()).isEqualTo(before);

        world.apply(CONNECTED);
        world.settle();
        world.assertRuns();
        assertThat(world.uids()).isEqualTo(before);
    }

    @Test
    void when_a_region_is_added_and_dropped_again_then_the_first_one_keeps_its_names_and_its_state() {
        world.apply("""
                {checkpoint: {interval: 2s, snapshots: {uri: "s3://bucket/x"}}, stages: [
                  {name: in, source: {generator: {fields: {k: {sequence: 0}}}}}]}
                """);
        world.settle();
        world.assertRuns();
        assertThat(world.status().regions()).isNull();

        world.apply(SPEC);
        world.settle();
        world.assertRuns();
        assertThat(world.job.startsFromNothing).isEqualTo(1);
        assertThat(coordinators().keySet()).containsExactlyInAnyOrder("orders-coordinator", "orders-sum-coordinator");

        world.apply("""
                {checkpoint: {interval: 2s, snapshots: {uri: "s3://bucket/x"}}, stages: [
                  {name: in, source: {generator: {fields: {k: {sequence: 0}}}}}]}
                """);
        world.settle();
        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1));
        assertThat(coordinators().keySet()).containsExactly("orders-coordinator");
        assertThat(names(CheckpointCoordinator.class)).containsExactly("orders");
        assertThat(names(Service.class)).containsExactly("orders-coordinator");
        assertThat(names(Role.class)).containsExactly("orders-coordinator");
        assertThat(names(RoleBinding.class)).containsExactly("orders-coordinator");
        assertThat(names(ServiceAccount.class)).containsExactly("orders-coordinator", "orders-stage");
        assertThat(names(PodDisruptionBudget.class)).containsExactly("orders-coordinator", "orders-stages");
    }

    @Test
    void when_a_checkpoint_is_to_be_restored_then_it_is_refused_with_what_to_do() {
        world.apply(
                SPEC.replace("{checkpoint", "{restoreFrom: {uri: \"s3://bucket/x/other/checkpoints/7\"}, checkpoint"));
        world.settle();

        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        assertThat(world.message("Stalled")).contains("spec.restoreFrom", "[orders, orders-sum]", "leave it out");
        assertThat(world.nodes.pods()).isEmpty();
    }

    @Test
    void when_another_pipeline_has_the_name_of_a_region_then_it_is_refused_and_nothing_of_it_is_touched() {
        CheckpointCoordinator other = new CheckpointCoordinator();
        other.setMetadata(new ObjectMetaBuilder()
                .withName("orders-sum")
                .withNamespace(world.namespace)
                .build());
        other.setSpec(new CoordinatorSpec("orders-sum", null));
        world.admin.resource(other).create();

        world.apply(SPEC);
        world.settle();

        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        assertThat(world.message("Stalled"))
                .contains("orders-sum is the name of a region of this pipeline and of a pipeline", "rename");
        assertThat(world.nodes.pods()).isEmpty();
    }

    @Test
    void when_the_name_of_a_region_is_too_long_for_its_services_then_it_is_refused() {
        String stage = "a-stage-that-has-a-name-of-some-fifty-characters-ok";
        world.apply(SPEC.replace("name: sum,", "name: " + stage + ",").replace("from: sum,", "from: " + stage + ","));
        world.settle();

        assertThat(world.message("Stalled")).contains("orders-" + stage, "room for 51", "shorter name");
        assertThat(world.nodes.pods()).isEmpty();
    }

    /** Of the pipeline's objects of a kind. */
    private List<String> names(Class<? extends HasMetadata> kind) {
        return world
                .admin
                .resources(kind)
                .inNamespace(world.namespace)
                .withLabel("weir.stream/pipeline", "orders")
                .list()
                .getItems()
                .stream()
                .map(each -> each.getMetadata().getName())
                .sorted()
                .toList();
    }

    private RegionSummary region(String name) {
        return Optional.ofNullable(world.status().regions()).orElseThrow().stream()
                .filter(region -> region.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private CheckpointCoordinator record(String name) {
        return world.admin
                .resources(CheckpointCoordinator.class)
                .inNamespace(world.namespace)
                .withName(name)
                .get();
    }

    /** Deployments of coordinators, and the region that their pods are told. */
    private Map<String, String> coordinators() {
        return world.deployments().stream()
                .filter(one -> one.getMetadata().getName().endsWith("-coordinator"))
                .collect(Collectors.toMap(
                        one -> one.getMetadata().getName(),
                        one -> one.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream()
                                .filter(variable -> variable.getName().equals("WEIR_PIPELINE_REGION"))
                                .map(variable -> variable.getValue())
                                .findFirst()
                                .orElse(""),
                        (one, _) -> one,
                        TreeMap::new));
    }
}

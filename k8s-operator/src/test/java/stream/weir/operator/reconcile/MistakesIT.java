package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.kubernetes.resource.CheckpointSpec;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.kubernetes.resource.SavepointSpec;
import stream.weir.kubernetes.resource.SavepointStatus;
import stream.weir.kubernetes.resource.SnapshotState;
import stream.weir.kubernetes.resource.StageStatus;
import stream.weir.kubernetes.resource.StreamCheckpoint;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.operator.job.JobStatus.Phase;

/** Mistakes that other operators made, each as a case. */
final class MistakesIT {
    private static final String SPEC = LifeIT.SPEC;

    private ApiServer api;
    private World world;

    @BeforeEach
    void start() throws IOException {
        api = ApiServer.shared();
        world = new World(api);
    }

    /** FLINK-39356: the finalizer waits for a status that never was. */
    @Test
    void when_a_pipeline_that_was_never_looked_at_is_deleted_then_it_goes() {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.admin.resource(world.pipeline()).edit(pipeline -> {
            pipeline.addFinalizer("weir.stream/cleanup");
            return pipeline;
        });
        world.admin.resource(world.pipeline()).delete();
        world.reconcile();

        assertThat(world.pipeline()).isNull();
        assertThat(world.events()).contains("CleanupCompleted").doesNotContain("CleanupFailed");
    }

    /** Only its coordinator deletes data and takes savepoints, and none is made any more. */
    @ParameterizedTest
    @CsvSource({"Delete", "Savepoint"})
    void when_the_coordinator_was_deleted_before_then_nothing_is_waited_for_and_it_is_said_that_data_stay(
            String policy) {
        deleteAfterItsCoordinator(policy);
        world.reconcile();

        assertThat(world.pipeline()).isNull();
        assertThat(world.events()).contains("CleanupFailed").doesNotContain("CleanupCompleted");
        assertThat(world.job.dataDeleted).isFalse();
    }

    /** Two operators may look at what is being deleted; the slower one knows less of how it went. */
    @Test
    void when_another_operator_lets_the_pipeline_go_at_the_same_time_then_only_that_one_says_how_it_went() {
        deleteAfterItsCoordinator("Delete");
        meanwhile(finalizers -> finalizers.remove("weir.stream/cleanup"));
        world.reconcile();

        assertThat(world.pipeline()).isNull();
        assertThat(world.events()).doesNotContain("CleanupFailed", "CleanupCompleted");
    }

    private void deleteAfterItsCoordinator(String policy) {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: " + policy + ", checkpoint"));
        world.settle();
        world.admin
                .apps()
                .deployments()
                .inNamespace(world.namespace)
                .withName("orders-coordinator")
                .delete();
        world.admin.resource(world.pipeline()).delete();
    }

    @Test
    void when_others_change_finalizers_at_the_same_time_then_theirs_are_as_they_want_them() {
        List<String> theirs = new ArrayList<>(List.of("example.com/a", "example.com/b"));
        meanwhile(finalizers -> {
            if (!theirs.isEmpty()) {
                finalizers.addFirst(theirs.removeFirst());
            }
        });
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        assertThat(world.pipeline().getMetadata().getFinalizers())
                .containsExactly("example.com/b", "example.com/a", "weir.stream/cleanup");

        meanwhile(finalizers -> finalizers.remove("example.com/b"));
        world.admin.resource(world.pipeline()).delete();
        for (int i = 0; i < 5; i++) {
            world.reconcile();
            world.nodes.run();
        }
        assertThat(world.job.dataDeleted).isTrue();
        assertThat(world.pipeline().getMetadata().getFinalizers()).containsExactly("example.com/a");

        meanwhile(finalizers -> {});
        world.admin.resource(world.pipeline()).edit(pipeline -> {
            pipeline.removeFinalizer("example.com/a");
            return pipeline;
        });
        assertThat(world.pipeline()).isNull();
    }

    /** Before the operator writes to the pipeline itself. */
    private void meanwhile(Consumer<List<String>> others) {
        api.meanwhile = request -> {
            if (request.uri().getPath().endsWith(world.namespace + "/streampipelines/orders")) {
                world.admin.resource(world.pipeline()).edit(pipeline -> {
                    others.accept(pipeline.getMetadata().getFinalizers());
                    return pipeline;
                });
            }
        };
    }

    /** lyft 13, 58, 119: the finalizer waits for a job that is dead, and for a store that is down. */
    @Test
    void when_everything_is_down_then_deletion_ends_all_the_same_and_says_so() {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        world.job.storeIsDown = true;
        world.admin.resource(world.pipeline()).delete();
        for (int i = 0; i < 5; i++) {
            world.reconcile();
            world.nodes.run();
        }
        assertThat(world.pipeline()).as("it is tried for a while").isNotNull();
        world.job.nobodyLeads();
        world.pass(Duration.ofMinutes(6));
        world.reconcile();

        assertThat(world.pipeline()).isNull();
        assertThat(world.events()).contains("CleanupFailed");
        assertThat(world.job.dataDeleted).isFalse();
    }

    /** FLINK-39439: the record goes before the data. */
    @Test
    void when_data_are_to_be_deleted_then_they_go_before_the_record() {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        world.admin.resource(world.pipeline()).delete();
        for (int i = 0; i < 5 && world.pipeline() != null; i++) {
            world.reconcile();
            assertThat(world.job.dataDeleted || world.pipeline() != null).isTrue();
            world.nodes.run();
        }
        assertThat(world.job.dataDeleted).isTrue();
        assertThat(world.pipeline()).isNull();
    }

    /** The pod of the check reads the data, and nobody else takes it away. */
    @Test
    void when_data_are_to_be_deleted_while_a_change_is_refused_for_its_state_then_they_go() {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        world.nodes.checkExit = 3;
        world.apply(LifeIT.CHANGED.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        assertThat(world.nodes.pods())
                .anyMatch(pod -> PlayedNodes.component(pod).equals("state-check"));

        world.admin.resource(world.pipeline()).delete();
        for (int i = 0; i < 5 && world.pipeline() != null; i++) {
            world.reconcile();
            world.nodes.run();
        }

        assertThat(world.job.dataDeleted).isTrue();
        assertThat(world.pipeline()).isNull();
    }

    /** Each look asks for what cannot be created any more: once in a while is enough. */
    @Test
    void when_a_namespace_is_being_deleted_then_its_pipeline_is_looked_at_seldom() {
        world.apply(SPEC);
        world.settle();

        world.admin.namespaces().withName(world.namespace).delete();
        world.restartOperator();

        assertThat(world.pipeline().isMarkedForDeletion()).as("not yet").isFalse();
        assertThat(world.reconcile()).contains(Duration.ofSeconds(30));
    }

    @Test
    void when_a_last_savepoint_is_asked_for_then_it_is_taken_before_the_record_goes() {
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Savepoint, checkpoint"));
        world.settle();
        String uid = world.pipeline().getMetadata().getUid();
        world.admin.resource(world.pipeline()).delete();
        world.reconcile();
        world.reconcile();

        assertThat(world.job.savepoints).containsExactly("final-" + uid.substring(0, 8));
        assertThat(world.pipeline()).isNull();
    }

    /** Retain, which it is unless told, holds nothing up. */
    @Test
    void when_nothing_is_said_of_deletion_then_there_is_no_finalizer() {
        world.apply(SPEC);
        world.settle();
        assertThat(world.pipeline().getMetadata().getFinalizers()).isEmpty();
        world.apply(SPEC.replace("{checkpoint", "{deletionPolicy: Delete, checkpoint"));
        world.settle();
        assertThat(world.pipeline().getMetadata().getFinalizers()).containsExactly("weir.stream/cleanup");
        world.apply(SPEC);
        world.settle();
        assertThat(world.pipeline().getMetadata().getFinalizers()).isEmpty();
    }

    /** FLINK-41403. */
    @Test
    void when_a_pipeline_has_labels_then_all_that_is_made_for_it_has_them() {
        world.apply(SPEC);
        world.settle();
        assertThat(world.deployments())
                .allSatisfy(one -> assertThat(one.getMetadata().getLabels()).containsEntry("team", "shop"));
        assertThat(world.nodes.pods())
                .allSatisfy(one -> assertThat(one.getMetadata().getLabels()).containsEntry("team", "shop"));
    }

    /** One event for each thing that happened, none for each checkpoint. */
    @Test
    void when_many_checkpoints_complete_then_there_is_no_event_for_them() {
        world.apply(SPEC);
        world.settle();
        int before = world.events().size();
        for (int i = 0; i < 10; i++) {
            world.job.takeOne();
            world.reconcile();
        }
        assertThat(world.events()).hasSize(before);
    }

    /** What has to be done about it differs: so the reason does. */
    @ParameterizedTest
    @CsvSource({
        "TIMED_OUT, CheckpointTimedOut",
        "ALIGNMENT_LIMIT_EXCEEDED, AlignmentLimitExceeded",
        "STORE_FAILED, CheckpointFailed"
    })
    void when_a_checkpoint_fails_after_all_was_well_then_one_event_says_of_what(String failure, String reason) {
        world.apply(SPEC);
        world.settle();
        world.job.storeIsDown = true;
        world.job.failure = failure;
        for (int i = 0; i < 3; i++) {
            world.job.takeOne();
            world.reconcile();
        }

        assertThat(world.events())
                .filteredOn(word -> List.of("CheckpointTimedOut", "AlignmentLimitExceeded", "CheckpointFailed")
                        .contains(word))
                .containsExactly(reason);
    }

    @Test
    void when_the_autoscaler_finds_that_more_replicas_did_not_help_then_an_event_says_so_once() {
        world.apply(SPEC);
        world.settle();
        Announcer announcer = new Announcer(new EventLog(world.admin, InstantSource.system()));
        StreamStage stage = world.stage("sum");
        stage.setStatus(advised("LoadAboveTarget", "busy 0.9"));
        StageStatus now = advised("OutsideLimit", "3 replicas do as much as 2");

        announcer.announce(world.pipeline(), stage, now);
        stage.setStatus(now);
        announcer.announce(world.pipeline(), stage, now);

        assertThat(world.admin.v1().events().inNamespace(world.namespace).list().getItems())
                .filteredOn(event -> event.getReason().equals("IneffectiveScaling"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getMessage()).isEqualTo("sum: 3 replicas do as much as 2");
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getCount()).isEqualTo(1);
                });
    }

    private StageStatus advised(String reason, String message) {
        return world.admin.getKubernetesSerialization().unmarshal("""
                        {"replicas": 2, "recommended": 2, "recommendation": {"reason": "%s", "message": "%s"}}""".formatted(reason, message), StageStatus.class);
    }

    /** A status that is gone changes nothing: it was never the truth. */
    @Test
    void when_the_status_is_wiped_then_nothing_is_restarted_and_it_is_written_again() {
        world.apply(SPEC);
        world.settle();
        var before = world.uids();
        world.admin.resource(world.pipeline()).editStatus(pipeline -> {
            pipeline.setStatus(null);
            return pipeline;
        });
        world.restartOperator();
        world.settle();

        world.assertRuns();
        assertThat(world.uids()).isEqualTo(before);
    }

    /** Bug 34: an unrelated ConfigMap is taken for ours; and without any checkpoint there is no start. */
    @Test
    void when_there_are_other_config_maps_and_no_checkpoint_then_it_starts() {
        ConfigMap other = new ConfigMap();
        other.setMetadata(new ObjectMetaBuilder()
                .withName("orders-ffffffffff")
                .withNamespace(world.namespace)
                .build());
        other.setData(Map.of("pipeline.yaml", "nothing of ours"));
        world.admin.resource(other).create();
        world.apply(SPEC);
        world.settle();

        world.assertRuns();
        assertThat(world.admin
                        .configMaps()
                        .inNamespace(world.namespace)
                        .withName("orders-ffffffffff")
                        .get())
                .isNotNull();
    }

    /** Bug 35: what cannot be read any more is noticed when the state is gone. */
    @Test
    void when_the_check_of_state_cannot_be_run_then_nothing_is_changed() {
        world.apply(SPEC);
        world.settle();
        var before = world.uids();
        world.nodes.checkExit = 1;
        world.nodes.checkMessage = "no such class";
        world.apply(LifeIT.CHANGED);
        world.settle();

        assertThat(world.condition("Stalled")).isEqualTo("True/StateCheckFailed");
        assertThat(world.message("Stalled")).contains("no such class", "checkState");
        assertThat(world.uids()).containsAllEntriesOf(before);
    }

    /** A name that nothing gives was found by the check of state alone, as a check that failed. */
    @Test
    void when_an_expression_names_a_field_that_is_not_there_then_it_is_refused_at_once_and_nothing_is_changed() {
        world.apply(SPEC);
        world.settle();
        var before = world.uids();
        world.apply(SPEC.replace("keyBy: [k]}], steps: [", "keyBy: [k]}], steps: [{filter: j > 0}, "));
        world.reconcile();

        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        assertThat(world.message("Stalled"))
                .contains("spec.stages[1].steps[0].filter", "no field j", "did you mean \"k\"");
        assertThat(world.uids()).isEqualTo(before);
    }

    /** Bugs 36 and 37: a coordinator that is slow to start, or an attempt that failed, is answered with an empty start. */
    @Test
    void when_the_coordinator_is_slow_to_come_back_then_it_is_waited_for_and_state_is_kept() {
        world.apply(SPEC);
        world.settle();
        world.job.nobodyLeads();
        var before = world.deployments().size();
        for (int i = 0; i < 5; i++) {
            world.pass(Duration.ofMinutes(1));
            world.reconcile();
        }
        assertThat(world.condition("Ready")).isEqualTo("False/CoordinatorUnreachable");
        assertThat(world.deployments()).hasSize(before);

        world.elect();
        world.job.takeOne();
        world.settle();
        world.assertRuns();
        assertThat(world.job.startsFromNothing).isEqualTo(1);
    }

    /** Bug 38: a savepoint is taken, and nobody remembers it. */
    @Test
    void when_a_savepoint_is_asked_for_then_the_record_says_so_before_and_where_it_is_after() {
        world.apply(SPEC);
        world.settle();
        StreamSavepoint savepoint = savepoint("before-upgrade");
        world.job.storeIsDown = true;
        world.savepoints.reconcile(world.namespace, "before-upgrade");
        assertThat(status(savepoint).state()).isEqualTo(SnapshotState.InProgress);
        assertThat(status(savepoint).requestedAt()).isNotNull();

        world.job.storeIsDown = false;
        world.savepoints.reconcile(world.namespace, "before-upgrade");
        assertThat(world.savepoints.reconcile(world.namespace, "before-upgrade"))
                .isEmpty();
        assertThat(status(savepoint).state()).isEqualTo(SnapshotState.Completed);
        assertThat(status(savepoint).uri()).isEqualTo("s3://bucket/x/orders/savepoints/before-upgrade");
    }

    /** Bug 42: an endless loop where a savepoint fails. */
    @Test
    void when_a_savepoint_cannot_be_taken_then_it_fails_after_a_while() {
        world.apply(SPEC);
        world.settle();
        StreamSavepoint savepoint = savepoint("never");
        world.job.storeIsDown = true;
        world.savepoints.reconcile(world.namespace, "never");
        world.pass(Duration.ofMinutes(31));
        assertThat(world.savepoints.reconcile(world.namespace, "never")).isEmpty();
        assertThat(status(savepoint).state()).isEqualTo(SnapshotState.Failed);
        assertThat(world.savepoints.reconcile(world.namespace, "never")).isEmpty();
    }

    /** Bug 39: two write one status, and the last one wins. */
    @Test
    void when_others_write_into_the_status_then_their_fields_stay() {
        world.apply(SPEC);
        world.settle();
        StreamStage stage = world.stage("sum");
        assertThat(stage.getMetadata().getManagedFields())
                .extracting(field -> field.getManager() + field.getOperation())
                .contains("weir-operatorApply");
        assertThat(world.admin
                        .resources(stream.weir.kubernetes.resource.CheckpointCoordinator.class)
                        .inNamespace(world.namespace)
                        .withName("orders")
                        .get()
                        .getStatus())
                .as("the coordinator's own")
                .isNull();
    }

    /** Bug 40: what is needed to go on is deleted with the pods. */
    @Test
    void when_a_pipeline_is_suspended_then_its_file_and_records_stay() {
        world.apply(SPEC);
        world.settle();
        world.apply(SPEC.replace("{checkpoint", "{suspend: true, checkpoint"));
        world.settle();
        assertThat(world.admin
                        .configMaps()
                        .inNamespace(world.namespace)
                        .withLabel("weir.stream/pipeline")
                        .list()
                        .getItems())
                .isNotEmpty();
        assertThat(world.stage("sum")).isNotNull();
    }

    /** Bug 41: "running" without checkpoints passes for being well. */
    @Test
    void when_checkpoints_do_not_complete_then_it_is_not_ready_and_a_change_waits() {
        world.apply(SPEC);
        world.settle();
        world.job.storeIsDown = true;
        world.pass(Duration.ofMinutes(3));
        world.job.takeOne();
        world.settle();
        assertThat(world.condition("Ready")).isEqualTo("False/CheckpointOverdue");
        assertThat(world.condition("CheckpointHealthy")).isEqualTo("False/Failing");

        world.apply(LifeIT.CHANGED);
        for (int i = 0; i < 8; i++) {
            world.reconcile();
            world.nodes.run();
            world.elect();
        }
        world.pass(Duration.ofMinutes(6));
        world.reconcile();
        assertThat(world.condition("Stalled")).isEqualTo("True/CheckpointFailing");

        world.job.storeIsDown = false;
        world.settle();
        world.job.takeOne();
        world.settle();
        world.assertRuns();
    }

    /** Bug 43: a loss that is seen at once is answered after the longest of all timeouts. */
    @Test
    void when_a_process_is_lost_then_the_watch_has_the_pipeline_looked_at_within_one_round() {
        world.apply(SPEC);
        world.settle();
        JobWatch watch = new JobWatch(world.job, Runnable::run, InstantSource.system());
        watch.watch(
                new stream.weir.operator.job.JobAddress(world.namespace, "orders", "orders", List.of("10.0.0.1:8081")));
        watch.round((_, _) -> {});
        world.job.lost.add(new stream.weir.operator.job.JobStatus.Lost(
                "p", "sum", "CLOSED", world.now().toEpochMilli()));
        StringBuilder looked = new StringBuilder();
        watch.round((_, pipeline) -> looked.append(pipeline));
        assertThat(looked).hasToString("orders");
    }

    /** Bug 44: what was read before the last write is acted on. */
    @Test
    void when_two_operators_act_at_the_same_time_then_there_is_one_of_each() {
        world.apply(SPEC);
        for (int i = 0; i < 6; i++) {
            world.reconcile();
            world.restartOperator();
            world.reconcile();
            world.nodes.run();
            world.elect();
        }
        world.settle();
        world.assertRuns();
        assertThat(world.deployments()).hasSize(4);
    }

    @Test
    void when_a_checkpoint_is_restored_by_name_then_it_is_found_even_after_its_record_is_gone() {
        StreamCheckpoint checkpoint = new StreamCheckpoint();
        checkpoint.setMetadata(new ObjectMetaBuilder()
                .withName("other-0000000042")
                .withNamespace(world.namespace)
                .build());
        checkpoint.setSpec(
                new CheckpointSpec("other", 42, 1L, "s3://bucket/x/other/checkpoints/0000000042.json", null));
        String restoring =
                SPEC.replace("{checkpoint: {", "{restoreFrom: {checkpoint: other-0000000042}, checkpoint: {");
        world.apply(restoring);
        world.settle();
        assertThat(world.condition("Stalled")).isEqualTo("True/RestoreFailed");
        assertThat(world.nodes.pods()).as("it does not start empty").isEmpty();

        world.admin.resource(checkpoint).create();
        world.settle();
        world.assertRuns();
        var before = world.uids();
        world.admin.resource(checkpoint).delete();
        world.restartOperator();
        world.settle();
        world.assertRuns();
        assertThat(world.uids()).isEqualTo(before);
    }

    @Test
    void when_the_coordinator_has_given_up_then_somebody_is_called_and_a_change_helps() {
        world.apply(SPEC);
        world.settle();
        world.job.phase = Phase.FAILED;
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Failed);
        assertThat(world.condition("Stalled")).isEqualTo("True/JobFailed");

        world.apply(LifeIT.CHANGED);
        world.settle();
        world.assertRuns();
    }

    private StreamSavepoint savepoint(String name) {
        StreamSavepoint savepoint = new StreamSavepoint();
        savepoint.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(world.namespace)
                .build());
        savepoint.setSpec(new SavepointSpec("orders"));
        return world.admin.resource(savepoint).create();
    }

    private SavepointStatus status(StreamSavepoint savepoint) {
        return world.admin.resource(savepoint).get().getStatus();
    }
}

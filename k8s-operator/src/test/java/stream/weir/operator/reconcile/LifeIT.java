package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus;

/** A pipeline's life against a real API server. */
final class LifeIT {
    static final String SPEC = """
            {checkpoint: {interval: 2s, snapshots: {uri: "s3://bucket/x"}}, stages: [
              {name: in, source: {generator: {fields: {k: {sequence: 0}}}}},
              {name: sum, replicas: 2, inputs: [{from: in, keyBy: [k]}], steps: [{aggregate: {fields: {n: {count: "*"}}}}]},
              {name: out, inputs: [{from: sum}], sink: {stdout: {}}}]}
            """;
    static final String CHANGED = SPEC.replace("{n: {count", "{m: {count");

    private World world;

    @BeforeEach
    void start() throws IOException {
        world = new World(ApiServer.shared());
    }

    @Test
    void when_a_pipeline_is_applied_then_it_runs_and_its_status_says_so() {
        world.apply(SPEC);
        world.settle();

        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 2, "out", 1));
        assertThat(world.status().observedGeneration()).isEqualTo(1);
        assertThat(world.status().stagesReady()).isEqualTo("3/3");
        assertThat(world.condition("Stalled")).isEqualTo("False/NotStalled");
        assertThat(world.condition("CheckpointHealthy")).isEqualTo("True/Completed");
        assertThat(world.condition("Restorable")).isEqualTo("True/ManifestRead");
        assertThat(world.stage("sum").getStatus().selector()).contains("weir.stream/stage=sum");
        assertThat(world.events()).contains("PipelineStarted", "CoordinatorElected");
    }

    @Test
    void when_a_step_changes_then_only_what_it_touches_is_replaced_after_a_checkpoint() {
        world.apply(SPEC);
        world.settle();
        var before = world.uids();
        world.job.calls.clear();

        world.apply(CHANGED);
        world.settle();

        world.assertRuns();
        assertThat(world.job.calls).contains("checkpoint");
        assertThat(world.job.startsFromNothing).isEqualTo(1);
        assertThat(world.uids())
                .as("the source's pod is the same")
                .containsEntry(nameOf(before, "orders-in-"), before.get(nameOf(before, "orders-in-")));
        assertThat(world.deployments()).hasSize(4);
        assertThat(world.condition("StateCompatible")).startsWith("True");
    }

    @Test
    void when_the_new_image_cannot_read_the_state_then_nothing_is_touched() {
        world.apply(SPEC);
        world.settle();
        var before = world.uids();
        world.nodes.checkExit = 3;
        world.nodes.checkMessage = "{\"problems\":[\"step aggregate: n is gone\"]}";

        world.apply(CHANGED);
        world.settle();

        assertThat(world.condition("Stalled")).isEqualTo("True/StateIncompatible");
        assertThat(world.condition("StateCompatible")).isEqualTo("False/SchemaChanged");
        assertThat(world.message("StateCompatible")).contains("n is gone");
        assertThat(world.condition("Ready")).as("the old one runs").isEqualTo("True/Running");
        assertThat(world.uids()).containsAllEntriesOf(before);

        // when it is taken back
        world.apply(SPEC);
        world.settle();
        world.assertRuns();
        assertThat(world.uids()).containsAllEntriesOf(before);
    }

    @Test
    void when_only_the_interval_changes_then_only_the_coordinator_rolls() {
        world.apply(SPEC);
        world.settle();
        var before = world.uids();
        long run = world.job.run();

        world.apply(SPEC.replace("interval: 2s", "interval: 5s"));
        world.settle();
        assertThat(world.condition("Ready")).as("running is not enough").isEqualTo("False/AwaitingCheckpoint");
        world.job.takeOne();
        world.settle();

        world.assertRuns();
        assertThat(world.job.run()).isEqualTo(run);
        before.keySet().removeIf(pod -> pod.startsWith("orders-coordinator"));
        assertThat(world.uids()).containsAllEntriesOf(before);
    }

    @Test
    void when_new_pods_do_not_come_up_then_the_old_run_goes_on_and_the_status_says_why() {
        world.apply(SPEC);
        world.settle();
        long run = world.job.run();
        world.nodes.neverReady.add("orders-sum-");

        world.apply(CHANGED);
        world.settle();
        assertThat(world.condition("Reconciling")).isEqualTo("True/Upgrading");
        assertThat(world.condition("Stalled")).startsWith("False");
        assertThat(conditions("sum")).containsExactly("Ready=True/Running", "Reconciling=True/Upgrading");
        world.pass(Duration.ofMinutes(6));
        world.settle();

        assertThat(world.condition("Stalled")).isEqualTo("True/ProgressDeadlineExceeded");
        assertThat(world.condition("Ready")).isEqualTo("True/Running");
        assertThat(world.job.run()).isEqualTo(run);

        world.job.phase = JobStatus.Phase.RECOVERING;
        world.reconcile();
        assertThat(conditions("sum")).containsExactly("Ready=False/StagesNotReady", "Reconciling=True/Upgrading");
    }

    @Test
    void when_it_is_suspended_then_it_stops_with_a_checkpoint_and_goes_on_later() {
        world.apply(SPEC);
        world.settle();

        world.apply(SPEC.replace("{checkpoint", "{suspend: true, checkpoint"));
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Suspended);
        assertThat(world.job.calls).contains("stop");
        assertThat(world.nodes.pods()).isEmpty();

        world.apply(SPEC.replace("{checkpoint", "{suspend: false, checkpoint"));
        world.settle();
        world.assertRuns();
        assertThat(world.job.startsFromNothing).isEqualTo(1);
    }

    @Test
    void when_it_is_suspended_while_a_change_is_refused_for_its_state_then_no_pod_is_left() {
        world.apply(SPEC);
        world.settle();
        world.nodes.checkExit = 3;
        world.apply(CHANGED);
        world.settle();
        assertThat(world.nodes.pods())
                .anyMatch(pod -> PlayedNodes.component(pod).equals("state-check"));

        world.apply(CHANGED.replace("{checkpoint", "{suspend: true, checkpoint"));
        world.settle();

        assertThat(world.phase()).isEqualTo(PipelinePhase.Suspended);
        assertThat(world.nodes.pods()).isEmpty();
    }

    @Test
    void when_tls_is_switched_on_while_it_rests_then_it_goes_on_with_certificates_everywhere() {
        world.apply(SPEC);
        world.settle();
        world.apply(SPEC.replace("{checkpoint", "{suspend: true, tls: {secretName: certificates}, checkpoint"));
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Suspended);

        world.apply(SPEC.replace("{checkpoint", "{suspend: false, tls: {secretName: certificates}, checkpoint"));
        world.settle();

        world.assertRuns();
        assertThat(world.job.startsFromNothing).isEqualTo(1);
        assertThat(world.deployments()).hasSize(4).allSatisfy(one -> assertThat(
                        one.getSpec().getTemplate().getSpec().getVolumes())
                .anyMatch(volume -> volume.getSecret() != null
                        && volume.getSecret().getSecretName().equals("certificates")));
    }

    @Test
    void when_all_input_is_processed_then_pods_go_and_it_stays_completed() {
        world.apply(SPEC);
        world.settle();
        world.job.phase = JobStatus.Phase.COMPLETED;
        world.settle();

        assertThat(world.phase()).isEqualTo(PipelinePhase.Completed);
        assertThat(world.condition("Ready")).isEqualTo("True/Completed");
        assertThat(world.nodes.pods()).isEmpty();

        world.restartOperator();
        world.settle();
        assertThat(world.phase()).isEqualTo(PipelinePhase.Completed);
        assertThat(world.nodes.pods()).isEmpty();
    }

    @Test
    void when_the_graph_has_a_circle_then_all_problems_are_said_and_no_pod_is_made() {
        world.apply(
                "{stages: [{name: a, inputs: [{from: b}]}, {name: b, inputs: [{from: a}], steps: [{filter: \"x\"}]}]}");
        world.settle();

        assertThat(world.condition("Stalled")).isEqualTo("True/InvalidSpec");
        assertThat(world.message("Stalled")).contains("circle", "a → b → a");
        assertThat(world.nodes.pods()).isEmpty();
        assertThat(world.events()).contains("ValidationFailed");
    }

    @Test
    void when_a_stage_is_dropped_from_the_spec_then_its_pods_and_record_go_with_the_change() {
        world.apply(SPEC);
        world.settle();
        world.apply("""
                {checkpoint: {interval: 2s, snapshots: {uri: "s3://bucket/x"}}, stages: [
                  {name: in, source: {generator: {fields: {k: {sequence: 0}}}}},
                  {name: out, inputs: [{from: in}], sink: {stdout: {}}}]}
                """);
        world.settle();

        world.assertRuns();
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "out", 1));
        assertThat(world.stage("sum")).isNull();
    }

    @Test
    void when_the_spec_changes_once_more_during_a_change_then_what_was_never_run_goes() {
        world.apply(SPEC);
        world.settle();
        world.nodes.neverReady.add("orders-sum-");
        world.apply(CHANGED);
        world.settle();
        assertThat(world.condition("Reconciling")).isEqualTo("True/Upgrading");

        world.nodes.neverReady.clear();
        world.apply(CHANGED.replace("{m: {count", "{o: {count"));
        world.settle();

        world.assertRuns();
        assertThat(world.deployments()).hasSize(4);
        assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 2, "out", 1));
        assertThat(world.job.startsFromNothing).isEqualTo(1);
    }

    @Test
    void when_a_pipeline_runs_and_rests_then_each_stage_can_be_waited_for() {
        world.apply(SPEC);
        world.settle();
        assertThat(conditions("sum")).containsExactly("Ready=True/Running", "Reconciling=False/UpToDate");
        assertThat(conditions("in")).containsExactly("Ready=True/Running", "Reconciling=False/UpToDate");

        world.apply(SPEC.replace("{checkpoint", "{suspend: true, checkpoint"));
        world.settle();
        assertThat(conditions("sum")).containsExactly("Ready=False/Suspended", "Reconciling=False/UpToDate");
    }

    private List<String> conditions(String stage) {
        return Optional.ofNullable(world.stage(stage).getStatus().conditions()).orElse(List.of()).stream()
                .map(one -> one.getType() + "=" + one.getStatus() + "/" + one.getReason())
                .toList();
    }

    private static String nameOf(Map<String, String> pods, String prefix) {
        return pods.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }
}

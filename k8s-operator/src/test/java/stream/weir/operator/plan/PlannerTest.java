package stream.weir.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.job.JobStatus.Checkpoint;
import stream.weir.operator.job.JobStatus.Instance;
import stream.weir.operator.job.JobStatus.Lost;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.job.JobStatus.Reason;
import stream.weir.operator.job.JobStatus.Replica;
import stream.weir.operator.plan.Observed.AbandonedOffice;
import stream.weir.operator.plan.Observed.CoordinatorDeployment;
import stream.weir.operator.plan.Observed.Job;
import stream.weir.operator.plan.Observed.NodeSeen;
import stream.weir.operator.plan.Observed.PodSeen;
import stream.weir.operator.plan.Observed.StageDeployment;
import stream.weir.operator.plan.Observed.StateCheck;
import stream.weir.operator.plan.Step.ApplyCoordinator;
import stream.weir.operator.plan.Step.AskCheckpoint;
import stream.weir.operator.plan.Wanted.WantedStage;
import stream.weir.operator.status.ConditionType;
import stream.weir.operator.status.ReadyReason;
import stream.weir.operator.status.ReconcilingReason;
import stream.weir.operator.status.StalledReason;
import stream.weir.operator.status.Verdict;

/** Plans as a table: what is there, and what comes next. One stage {@code s}, of revision r1, or r2 after a change. */
final class PlannerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(60);
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final List<StageDeployment> deployments = new ArrayList<>();
    private final List<PodSeen> pods = new ArrayList<>();
    private final List<StateCheck> checks = new ArrayList<>();
    private final List<Lost> lost = new ArrayList<>();
    private final List<Instance> instances = new ArrayList<>();
    private final Map<String, NodeSeen> nodes = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private Optional<CoordinatorDeployment> coordinator = Optional.empty();
    private Phase phase = Phase.RUNNING;
    private String detail = "";
    private int wantedCount = 2;
    private int holds = 2;
    private boolean answers = true;
    private Instant newestAt = BEFORE;
    private int inProgress;
    private int completed = 3;
    private boolean suspend;
    private Set<Reason> reasons = Set.of();
    private boolean checkState = true;
    private Instant silentSince = NOW;
    private Optional<AbandonedOffice> office = Optional.empty();

    @Test
    void when_nothing_is_there_then_stages_and_coordinator_are_made() {
        assertThat(steps("r1", "f1")).containsExactly(new Step.CreateStage("s", "r1", 2), new ApplyCoordinator(1));
    }

    @Test
    void when_all_is_as_it_should_be_then_nothing_is_done() {
        running();
        assertThat(steps("r1", "f1")).isEmpty();
        assertThat(plan("r1", "f1").phase()).isEqualTo(PipelinePhase.Running);
    }

    /** Running requires progress. */
    @Test
    void when_a_replica_has_work_and_does_nothing_then_the_pipeline_is_not_ready_and_it_is_named() {
        running();
        detail = "STALLED: s-1 has made no progress for 45 s";
        assertThat(plan("r1", "f1").verdicts())
                .as("from a coordinator that has no reasons yet")
                .anyMatch(ready -> ready.reason() == ReadyReason.RUNNING);
        reasons = Set.of(Reason.STALLED);
        assertThat(plan("r1", "f1").verdicts())
                .contains(Verdict.no(ConditionType.READY, ReadyReason.NO_PROGRESS, detail));
        reasons = Set.of();
        detail = "";
        assertThat(plan("r1", "f1").verdicts()).anyMatch(ready -> ready.reason() == ReadyReason.RUNNING);
    }

    @Test
    void when_a_deployment_was_deleted_by_hand_then_it_is_made_again_as_scaled() {
        running();
        deployments.clear();
        asked.put("s", 5);
        assertThat(steps("r1", "f1")).contains(new Step.CreateStage("s", "r1", 5));
    }

    @Test
    void when_more_are_asked_for_then_pods_come_before_the_coordinator_is_told() {
        running();
        asked.put("s", 3);
        assertThat(steps("r1", "f1"))
                .containsExactly(new Step.ScaleDeployment("p-s-r1", 3), new Step.AskReplicas(Map.of("s", 3)));
    }

    @Test
    void when_fewer_are_asked_for_then_the_coordinator_is_told_and_no_pod_goes_yet() {
        running();
        asked.put("s", 1);
        assertThat(steps("r1", "f1")).containsExactly(new Step.AskReplicas(Map.of("s", 1)));
    }

    @Test
    void when_key_groups_have_left_then_pods_are_marked_and_only_then_fewer() {
        running();
        pod("a", Optional.empty(), "n1");
        pod("b", Optional.empty(), "n1");
        asked.put("s", 1);
        wantedCount = 1;
        holds = 1;
        assertThat(steps("r1", "f1"))
                .containsExactly(new Step.MarkPod("a", Scaling.HOLDS), new Step.MarkPod("b", Scaling.MAY_GO));
        pods.clear();
        pod("a", Optional.of(Scaling.HOLDS), "n1");
        pod("b", Optional.of(Scaling.MAY_GO), "n1");
        assertThat(steps("r1", "f1")).containsExactly(new Step.ScaleDeployment("p-s-r1", 1));
    }

    @Test
    void when_a_stage_has_changed_then_its_state_is_checked_first() {
        running();
        assertThat(steps("r2", "f2")).containsExactly(new Step.StartCheck("s", "r2"));
        checked(StateCheck.Result.GOING_ON);
        assertThat(steps("r2", "f2")).isEmpty();
        checked(StateCheck.Result.INCOMPATIBLE);
        assertThat(steps("r2", "f2")).isEmpty();
        checked(StateCheck.Result.COMPATIBLE);
        assertThat(steps("r2", "f2")).containsExactly(new Step.CreateStage("s", "r2", 2));
    }

    @Test
    void when_the_check_is_not_wanted_then_pods_are_made_at_once() {
        running();
        checkState = false;
        assertThat(steps("r2", "f2")).containsExactly(new Step.CreateStage("s", "r2", 2));
    }

    @Test
    void when_new_processes_are_there_then_a_checkpoint_is_taken_and_then_the_coordinator_rolls() {
        changed();
        assertThat(steps("r2", "f2")).as("they have not connected yet").isEmpty();
        guests(2);
        newestAt = BEFORE.minusSeconds(60);
        assertThat(steps("r2", "f2")).containsExactly(new AskCheckpoint());
        inProgress = 1;
        assertThat(steps("r2", "f2")).isEmpty();
        newestAt = BEFORE.plusSeconds(1);
        assertThat(steps("r2", "f2")).containsExactly(new Step.DropChecks("s"), new ApplyCoordinator(1));
    }

    @Test
    void when_replicas_do_not_run_then_a_change_does_not_wait_for_a_checkpoint() {
        changed();
        guests(2);
        newestAt = BEFORE.minusSeconds(60);
        phase = Phase.RECOVERING;
        assertThat(steps("r2", "f2")).contains(new ApplyCoordinator(1));
    }

    @Test
    void when_the_job_has_failed_or_nobody_leads_then_a_change_goes_through_at_once() {
        running();
        checked(StateCheck.Result.COMPATIBLE);
        phase = Phase.FAILED;
        assertThat(steps("r2", "f2")).contains(new ApplyCoordinator(1));
        answers = false;
        coordinator = Optional.of(coordinator("f1", 1, 0, Optional.empty()));
        assertThat(steps("r2", "f2")).contains(new ApplyCoordinator(1));
    }

    @Test
    void when_a_coordinator_is_up_and_does_not_answer_then_a_change_waits() {
        changed();
        answers = false;
        assertThat(steps("r2", "f2")).doesNotContain(new ApplyCoordinator(1));
    }

    @Test
    void when_only_the_file_has_changed_then_only_the_coordinator_rolls() {
        running();
        assertThat(steps("r1", "f2")).containsExactly(new ApplyCoordinator(1));
    }

    @Test
    void when_the_new_revisions_run_then_old_deployments_go() {
        running();
        deployments.add(deployment("r0", 2));
        assertThat(steps("r1", "f1")).containsExactly(new Step.DeleteDeployment("p-s-r0"));
        phase = Phase.STARTING;
        assertThat(steps("r1", "f1")).as("not before they run").isEmpty();
    }

    @Test
    void when_processes_of_new_revisions_prepare_then_the_old_run_is_ready_and_it_is_said_what_is_waited_for() {
        changed();
        coordinator = Optional.of(rolled(NOW));
        completed = 0;
        detail = "other replicas are wanted: s changed: 1 of 2 have answered";
        Plan plan = plan("r2", "f1");
        assertThat(plan.phase()).isEqualTo(PipelinePhase.Upgrading);
        assertThat(plan.message()).endsWith("run of the new revisions yet: " + detail);
        assertThat(plan.verdicts())
                .contains(
                        Verdict.yes(
                                ConditionType.READY,
                                ReadyReason.RUNNING,
                                "the old spec runs until a run of the new revisions begins"),
                        Verdict.yes(ConditionType.RECONCILING, ReconcilingReason.UPGRADING, plan.message()));
        detail = "STALLED: s-1 has made no progress for 45 s";
        reasons = Set.of(Reason.STALLED);
        assertThat(plan("r2", "f1").verdicts())
                .contains(Verdict.no(ConditionType.READY, ReadyReason.NO_PROGRESS, detail));
    }

    @Test
    void when_the_coordinator_refuses_to_drop_state_or_no_new_run_begins_in_time_then_the_change_is_stalled() {
        changed();
        assertThat(plan("r2", "f1").verdicts()).anyMatch(stalled -> stalled.reason() == StalledReason.NOT_STALLED);
        detail = "STATE_DROPPED: no stage claims the state of old in checkpoint 7: name the stages as before";
        reasons = Set.of(Reason.STATE_DROPPED);
        assertThat(plan("r2", "f1").verdicts())
                .contains(
                        Verdict.yes(ConditionType.STALLED, StalledReason.REFUSED, detail + ". The old spec goes on."),
                        Verdict.yes(
                                ConditionType.READY,
                                ReadyReason.RUNNING,
                                "the old spec runs until a run of the new revisions begins"));
        detail = "stage s has 1 of 2 replicas: waiting for processes";
        reasons = Set.of();
        coordinator = Optional.of(rolled(NOW.minus(DEADLINE)));
        assertThat(plan("r2", "f1").verdicts()).anyMatch(stalled -> stalled.reason() == StalledReason.NOT_STALLED);
        coordinator = Optional.of(rolled(NOW.minus(DEADLINE).minusSeconds(1)));
        assertThat(plan("r2", "f1").verdicts())
                .contains(Verdict.yes(
                        ConditionType.STALLED,
                        StalledReason.PROGRESS_DEADLINE_EXCEEDED,
                        "no run of the new revisions has begun within 300 s: " + detail
                                + ". The old spec goes on; correct the new one, or set it back."));
        assertThat(plan("r1", "f1").verdicts()).anyMatch(stalled -> stalled.reason() == StalledReason.NOT_STALLED);
    }

    @Test
    void when_processes_of_another_number_prepare_then_it_is_said_what_is_waited_for() {
        running();
        asked.put("s", 1);
        detail = "other replicas are wanted: s 2 -> 1: 0 of 1 have answered";
        Plan plan = plan("r1", "f1");
        assertThat(plan.message()).isEqualTo("stages [s] get other numbers of replicas: " + detail);
        assertThat(plan.verdicts()).anyMatch(ready -> ready.reason() == ReadyReason.RUNNING);
    }

    @Test
    void when_the_spec_changes_once_more_before_it_ran_then_what_came_in_between_goes() {
        changed();
        assertThat(steps("r1", "f1")).containsExactly(new Step.DropChecks("s"), new Step.DeleteDeployment("p-s-r2"));
        checks.clear();
        assertThat(steps("r3", "f3")).contains(new Step.DeleteDeployment("p-s-r2"), new Step.StartCheck("s", "r3"));
    }

    @Test
    void when_it_is_suspended_then_it_is_stopped_and_then_its_pods_go() {
        running();
        suspend = true;
        assertThat(steps("r1", "f1")).containsExactly(new Step.AskStop());
        phase = Phase.STOPPED;
        assertThat(steps("r1", "f1"))
                .containsExactly(new Step.ScaleDeployment("p-s-r1", 0), new Step.ScaleCoordinator(0));
        deployments.clear();
        deployments.add(deployment("r1", 0));
        coordinator = Optional.of(coordinator("f1", 0, 0, Optional.empty()));
        assertThat(plan("r1", "f1").phase()).isEqualTo(PipelinePhase.Suspended);
        assertThat(steps("r1", "f1")).isEmpty();
    }

    @Test
    void when_it_is_suspended_or_completed_during_a_change_then_pods_that_check_state_go_at_once() {
        running();
        checked(StateCheck.Result.GOING_ON);
        suspend = true;
        assertThat(steps("r2", "f2")).containsExactly(new Step.DropChecks("s"), new Step.AskStop());
        deployments.clear();
        deployments.add(deployment("r1", 0));
        coordinator = Optional.of(coordinator("f1", 0, 0, Optional.empty()));
        assertThat(steps("r2", "f2")).as("it rests already").containsExactly(new Step.DropChecks("s"));
        suspend = false;
        coordinator = Optional.of(coordinator("f1", 0, 0, Optional.of("f1")));
        assertThat(steps("r1", "f1")).as("it is completed").containsExactly(new Step.DropChecks("s"));
    }

    @Test
    void when_it_goes_on_then_pods_come_back() {
        deployments.add(deployment("r1", 0));
        coordinator = Optional.of(coordinator("f1", 0, 0, Optional.empty()));
        answers = false;
        assertThat(steps("r1", "f1"))
                .containsExactly(new Step.ScaleCoordinator(1), new Step.ScaleDeployment("p-s-r1", 2));
    }

    @Test
    void when_it_is_completed_then_that_is_remembered_before_pods_go_and_another_file_starts_again() {
        running();
        phase = Phase.COMPLETED;
        assertThat(steps("r1", "f1"))
                .containsExactly(
                        new Step.RememberCompleted(),
                        new Step.ScaleDeployment("p-s-r1", 0),
                        new Step.ScaleCoordinator(0));
        deployments.clear();
        deployments.add(deployment("r1", 0));
        coordinator = Optional.of(coordinator("f1", 0, 0, Optional.of("f1")));
        answers = false;
        assertThat(steps("r1", "f1")).isEmpty();
        assertThat(steps("r2", "f2")).contains(new ApplyCoordinator(1));
    }

    @Test
    void when_a_process_is_lost_then_its_pod_is_replaced_as_soon_as_its_kubelet_could_have_spoken() {
        running();
        nodes.put("n1", new NodeSeen("n1", true, Optional.empty(), Optional.empty()));
        pod("a", Optional.empty(), "n1");
        pod("b", Optional.empty(), "n1");
        instances.add(new Instance("b", "r1", true, Optional.of(1)));
        lost.add(new Lost("a", "s", "HEARTBEAT", NOW.minusMillis(500).toEpochMilli()));
        assertThat(steps("r1", "f1")).as("too early").isEmpty();
        lost.clear();
        lost.add(new Lost("a", "s", "HEARTBEAT", NOW.minusMillis(1600).toEpochMilli()));
        assertThat(steps("r1", "f1"))
                .as("the other pod of the node lives")
                .containsExactly(new Step.ReplacePod("a", "HEARTBEAT"));
        instances.clear();
        assertThat(steps("r1", "f1"))
                .as("nobody there is connected, though the other one is not given up yet")
                .containsExactly(new Step.TaintNode("n1"), new Step.ReplacePod("a", "HEARTBEAT"));
        lost.add(new Lost("b", "s", "HEARTBEAT", NOW.minusMillis(1600).toEpochMilli()));
        assertThat(steps("r1", "f1"))
                .containsExactly(
                        new Step.TaintNode("n1"),
                        new Step.ReplacePod("a", "HEARTBEAT"),
                        new Step.ReplacePod("b", "HEARTBEAT"));
    }

    @Test
    void when_a_pod_was_given_to_a_node_that_is_gone_then_it_is_replaced_without_waiting_for_an_eviction() {
        running();
        pods.add(new PodSeen("a", "s", "r1", Optional.of("n1"), false, Optional.empty(), Optional.empty()));
        nodes.put("n1", new NodeSeen("n1", true, Optional.empty(), Optional.empty()));
        assertThat(steps("r1", "f1")).as("it begins").isEmpty();
        nodes.put("n1", new NodeSeen("n1", false, Optional.empty(), Optional.empty()));
        assertThat(steps("r1", "f1"))
                .containsExactly(
                        new Step.TaintNode("n1"), new Step.ReplacePod("a", "its node was gone before it could begin"));
        nodes.put("n1", new NodeSeen("n1", true, Optional.of(BEFORE), Optional.of(BEFORE.plusSeconds(1))));
        assertThat(steps("r1", "f1")).as("it is back").isEmpty();
    }

    @Test
    void
            when_a_coordinator_is_silent_and_its_lease_has_run_out_then_its_pod_is_replaced_without_waiting_for_the_node() {
        running();
        answers = false;
        nodes.put("n1", new NodeSeen("n1", true, Optional.empty(), Optional.empty()));
        coordinatorPod(BEFORE);
        assertThat(steps("r1", "f1")).as("its lease holds").isEmpty();
        silentSince = NOW.minusSeconds(9);
        office = Optional.of(abandoned("v7", NOW.minusMillis(900)));
        assertThat(steps("r1", "f1")).as("it may be in reach the next time").isEmpty();
        office = Optional.of(abandoned("v7", NOW.minusSeconds(1)));
        assertThat(steps("r1", "f1"))
                .containsExactly(
                        new Step.ReleaseLease("v7"),
                        new Step.TaintNode("n1"),
                        new Step.ReplacePod("c-0", "it led, does not answer, and does not renew its lease"));
        pods.clear();
        pods.add(new PodSeen("c-1", "", "", Optional.of("n1"), false, Optional.empty(), Optional.of(BEFORE)));
        assertThat(steps("r1", "f1")).as("that one did not lead").isEmpty();
        office = Optional.of(new AbandonedOffice(Optional.empty(), "v8", NOW.minusSeconds(5), Optional.empty()));
        assertThat(steps("r1", "f1"))
                .as("whoever led was deleted, and the other one waits")
                .containsExactly(new Step.ReleaseLease("v8"));
        office = Optional.of(abandoned("v7", NOW.minusSeconds(1)));
        pods.clear();
        coordinatorPod(NOW.minusSeconds(4));
        assertThat(steps("r1", "f1")).as("its kubelet has started it again").isEmpty();
    }

    private static AbandonedOffice abandoned(String version, Instant silentSince) {
        return new AbandonedOffice(Optional.of("c-0"), version, NOW.minusSeconds(5), Optional.of(silentSince));
    }

    private void running() {
        deployments.add(deployment("r1", 2));
        coordinator = Optional.of(coordinator("f1", 1, 1, Optional.empty()));
    }

    private void changed() {
        running();
        checked(StateCheck.Result.COMPATIBLE);
        deployments.add(deployment("r2", 2));
    }

    private void checked(StateCheck.Result result) {
        checks.clear();
        checks.add(new StateCheck("s", "r2", result, "", BEFORE));
    }

    private void guests(int count) {
        for (int i = 0; i < count; i++) {
            instances.add(new Instance("g" + i, "r2", true, Optional.empty()));
        }
    }

    private void pod(String name, Optional<Integer> cost, String node) {
        pods.add(new PodSeen(name, "s", "r1", Optional.of(node), false, cost, Optional.of(BEFORE)));
    }

    private void coordinatorPod(Instant started) {
        pods.add(new PodSeen("c-0", "", "", Optional.of("n1"), false, Optional.empty(), Optional.of(started)));
    }

    private static StageDeployment deployment(String revision, int replicas) {
        return new StageDeployment(
                "p-s-" + revision, "s", revision, replicas, replicas, BEFORE, Optional.of(BEFORE), Optional.empty());
    }

    private static CoordinatorDeployment coordinator(String file, int replicas, int ready, Optional<String> completed) {
        return new CoordinatorDeployment(file, "c", replicas, ready, Optional.of(BEFORE), completed, Optional.empty());
    }

    private static CoordinatorDeployment rolled(Instant at) {
        return new CoordinatorDeployment("f1", "c", 1, 1, Optional.of(at), Optional.empty(), Optional.empty());
    }

    private List<Step> steps(String revision, String file) {
        return plan(revision, file).steps();
    }

    private Plan plan(String revision, String file) {
        Wanted wanted = new Wanted(
                "p",
                file,
                "c",
                1,
                suspend,
                checkState,
                DEADLINE,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                List.of(new WantedStage("s", revision, 2)));
        Job job = answers ? new Job.Seen(status()) : new Job.Unreachable("nobody", silentSince, office, Set.of());
        return Planner.plan(wanted, new Observed(NOW, asked, deployments, coordinator, job, pods, checks, nodes));
    }

    private JobStatus status() {
        List<Replica> replicas = new ArrayList<>();
        for (int i = 0; i < holds; i++) {
            replicas.add(new Replica(i, Optional.of(i == 0 ? "a" : "b"), true, true, false, Optional.empty()));
        }
        Optional<Checkpoint> newest = Optional.of(new Checkpoint(
                7, true, "CHECKPOINT", newestAt.toEpochMilli(), 0, 0, 0, Map.of(), Optional.empty(), ""));
        return new JobStatus(
                phase,
                detail,
                reasons,
                "c-0",
                1,
                1,
                NOW.toEpochMilli(),
                Map.of("s", "r1"),
                List.of(new JobStatus.Stage("s", wantedCount, replicas, instances)),
                newest,
                newest,
                inProgress,
                completed,
                0,
                lost,
                Optional.empty());
    }
}

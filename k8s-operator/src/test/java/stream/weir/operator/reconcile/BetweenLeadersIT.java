package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.kubernetes.resource.PipelinePhase;
import stream.weir.operator.job.JobStatus.Phase;

/** What is said of a pipeline whose lead passes from one coordinator to the next, and of one that nobody leads any more. */
final class BetweenLeadersIT {
    private static final Duration SHORT = BetweenLeaders.WITHIN.dividedBy(3);

    private World world;

    @BeforeEach
    void start() throws IOException {
        world = new World(ApiServer.shared());
        world.apply(LifeIT.SPEC);
        world.settle();
        world.assertRuns();
    }

    @Test
    void when_nobody_leads_for_a_while_then_what_was_well_is_so_until_the_bound_and_not_longer() {
        // given
        var since = ready();
        var stages = world.status().stages();
        world.job.nobodyLeads();
        // when
        world.pass(SHORT);
        Duration again = world.reconcile().orElseThrow();
        // then
        assertThat(again).as("looks again soon").isLessThanOrEqualTo(Duration.ofSeconds(1));
        world.assertRuns();
        assertThat(world.message("Ready")).startsWith("runs on while no coordinator leads: ");
        assertThat(ready()).isEqualTo(since);
        assertThat(world.status().stages()).isEqualTo(stages);
        assertThat(stageReady()).isEqualTo("True");
        // when
        world.pass(BetweenLeaders.WITHIN.minus(SHORT));
        world.reconcile();
        // then
        assertThat(world.condition("Ready")).isEqualTo("False/CoordinatorUnreachable");
        assertThat(world.phase()).isEqualTo(PipelinePhase.Starting);
        assertThat(stageReady()).isEqualTo("False");
        // when
        world.elect();
        world.job.takeOne();
        world.settle();
        // then
        world.assertRuns();
    }

    @Test
    void when_the_next_leader_waits_for_the_processes_of_the_same_run_then_it_is_the_same() {
        world.job.phase = Phase.STARTING;
        world.reconcile();
        world.assertRuns();

        world.job.phase = Phase.RECOVERING;
        world.reconcile();
        assertThat(world.condition("Ready")).isEqualTo("False/Recovering");

        world.job.phase = Phase.STARTING;
        world.reconcile();
        assertThat(world.condition("Ready")).as("it went back meanwhile").isEqualTo("False/Starting");
    }

    @Test
    void when_the_spec_changes_meanwhile_then_it_is_ready_with_the_old_run_and_reconciling() {
        world.job.nobodyLeads();
        world.apply(LifeIT.CHANGED);
        world.reconcile();

        assertThat(world.condition("Ready")).isEqualTo("True/Running");
        assertThat(world.condition("Reconciling")).isEqualTo("True/Upgrading");
        assertThat(world.phase()).isEqualTo(PipelinePhase.Upgrading);
    }

    @Test
    void when_another_operator_looks_first_then_it_does_not_know_that_it_was_well() {
        world.job.nobodyLeads();
        world.restartOperator();
        world.reconcile();

        assertThat(world.condition("Ready")).isEqualTo("False/CoordinatorUnreachable");
    }

    @Test
    void when_it_was_not_ready_in_between_then_it_is_not_made_so() {
        world.job.nobodyLeads();
        world.apply(LifeIT.SPEC.replace("keyBy: [k]}], steps: [", "keyBy: [k]}], steps: [{filter: j > 0}, "));
        world.reconcile();
        assertThat(world.condition("Ready")).isEqualTo("False/InvalidSpec");
        world.apply(LifeIT.SPEC);
        world.reconcile();

        assertThat(world.condition("Ready")).isEqualTo("False/CoordinatorUnreachable");
    }

    @Test
    void when_a_pod_of_a_stage_is_not_there_either_then_it_is_not_ready() {
        world.job.nobodyLeads();
        Pod pod = world.nodes.pods().stream()
                .filter(each -> "sum".equals(each.getMetadata().getLabels().get("weir.stream/stage")))
                .findFirst()
                .orElseThrow();
        world.admin.resource(pod).withGracePeriod(0).delete();
        world.reconcile();

        assertThat(world.condition("Ready")).isEqualTo("False/CoordinatorUnreachable");
    }

    @Test
    void when_the_deployments_of_stages_are_deleted_meanwhile_then_it_is_not_ready() {
        world.job.nobodyLeads();
        world.deployments().stream()
                .filter(each -> each.getMetadata().getLabels().containsKey("weir.stream/stage"))
                .forEach(each -> world.admin.resource(each).withGracePeriod(0).delete());
        world.reconcile();

        assertThat(world.condition("Ready")).startsWith("False/");
    }

    @Test
    void when_pods_that_wait_for_the_next_run_are_not_ready_then_the_job_is_as_it_was() {
        int before = world.deployments().size();
        world.apply(LifeIT.CHANGED);
        world.reconcile();
        for (int i = 0; world.deployments().size() == before; i++) {
            assertThat(i).as("looks").isLessThan(10);
            world.nodes.run();
            world.reconcile();
        }
        assertThat(world.condition("Ready")).isEqualTo("True/Running");

        world.job.nobodyLeads();
        world.pass(SHORT);
        world.reconcile();

        assertThat(world.deployments()).as("of the next run").anySatisfy(each -> assertThat(
                        Optional.ofNullable(each.getStatus().getReadyReplicas()).orElse(0))
                .isLessThan(each.getSpec().getReplicas()));
        assertThat(world.condition("Ready")).isEqualTo("True/Running");
    }

    /** When the pipeline's last changed. */
    private String ready() {
        return ready(world.status().conditions()).getLastTransitionTime();
    }

    private String stageReady() {
        return ready(world.stage("sum").getStatus().conditions()).getStatus();
    }

    private static Condition ready(@Nullable List<Condition> conditions) {
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> condition.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }
}

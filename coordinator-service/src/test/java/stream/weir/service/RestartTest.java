package stream.weir.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static stream.weir.coordinator.store.TestStore.Fault.REFUSED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.membership.InstanceDesk;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.status.JobView.Phase;
import stream.weir.coordinator.status.SavepointView;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.AskedEnd;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.TestStore;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.wire.ControlCodec;

/** A leader whose store fails while the job is started again, and what it is asked for meanwhile. */
class RestartTest {
    private static final PipelineDescription PIPELINE =
            new PipelineDescription("p", List.of(new StageDescription("sum", 2, false)));

    private final TestStore objects = new TestStore();
    private final CheckpointStore store = CheckpointStore.of(objects, "p");
    private final OneThread thread = new OneThread();
    private final StatusBoard board = StatusBoard.of(PIPELINE, () -> Instant.EPOCH, view -> {});
    private final CoordinatorProcess leader = leader(PIPELINE);

    private CoordinatorProcess leader(PipelineDescription pipeline) {
        return new CoordinatorProcess(
                new JobPlan(pipeline, CoordinatorConfig.defaults(), MembershipConfig.defaults(), StartOptions.newest()),
                objects,
                thread.ports(),
                new ControlDesk(ControlCodec.withDefaults()),
                board,
                () -> {});
    }

    @Test
    void when_asked_to_stop_before_the_next_attempt_then_that_one_stops() {
        leads();
        objects.failing(REFUSED);
        restart();
        assertThat(board.view().detail()).contains("503");

        CompletionStage<?> recorded = leader.stop();
        thread.run();
        assertThat(recorded).isCompleted();
        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().phase()).isEqualTo(Phase.STOPPED);
        assertThat(board.view().detail()).isEqualTo("before it began");
        assertThat(objects.list("stops/")).isEmpty();
    }

    @Test
    void when_an_earlier_wish_cannot_be_forgotten_then_it_is_tried_again_until_it_is() {
        store.putEnd(AskedEnd.STOP, 0);
        leads();
        objects.deletionsFail(true);
        restart();
        thread.pass(Duration.ofSeconds(2));
        assertThat(board.view().run()).isEqualTo(0);
        assertThat(board.view().detail()).contains("how it was to end before is still on record");

        objects.deletionsFail(false);
        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().run()).isEqualTo(1);
        assertThat(objects.list("stops/")).isEmpty();
    }

    @Test
    void when_asked_to_stop_while_earlier_wishes_cannot_be_forgotten_then_the_next_attempt_stops() {
        store.putEnd(AskedEnd.STOP, 7);
        leads();
        objects.deletionsFail(true);
        restart();
        CompletionStage<?> recorded = leader.stop();
        thread.run();
        assertThat(recorded).isCompleted();

        objects.deletionsFail(false);
        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void when_a_stop_cannot_be_written_down_then_the_next_attempt_is_asked_for_it() {
        leads();
        objects.failing(REFUSED, REFUSED);
        restart();
        CompletionStage<?> recorded = leader.stop();
        thread.run();
        assertThat(recorded).isNotCompleted();

        thread.pass(Duration.ofSeconds(2));

        assertThat(recorded).isCompleted();
        assertThat(board.view().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void when_a_stop_cannot_be_written_down_before_the_job_goes_on_then_the_next_attempt_is_asked_for_it() {
        store.putJournal(new RunRecord("p", 1, 0, 1, 0, 1, 1, PIPELINE.stages(), Optional.empty()));
        objects.failing(REFUSED, REFUSED);
        leads();
        CompletionStage<?> recorded = leader.stop();
        thread.run();
        assertThat(recorded).isNotCompleted();

        thread.pass(Duration.ofSeconds(2));
        assertThat(recorded).isCompleted();
        thread.pass(MembershipConfig.defaults().takeoverPatience());

        assertThat(board.view().phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void when_started_again_then_a_stop_that_could_not_be_written_down_before_counts_no_more() {
        objects.failing(REFUSED, REFUSED);
        leads();
        leader.stop();
        thread.run();

        restart();

        assertThat(board.view().run()).isEqualTo(1);
        assertThat(objects.list("stops/")).isEmpty();
    }

    @Test
    void when_a_stop_from_before_is_still_being_written_down_then_it_is_forgotten_all_the_same() {
        leads();
        objects.during("stops/0000000000.json", this::restart);
        leader.stop();

        thread.run();

        assertThat(board.view().run()).isEqualTo(1);
        assertThat(objects.list("stops/")).isEmpty();
    }

    @Test
    void when_asked_to_drain_while_an_earlier_stop_cannot_be_forgotten_then_the_next_attempt_drains() {
        store.putEnd(AskedEnd.STOP, 7);
        leads();
        objects.deletionsFail(true);
        restart();
        CompletionStage<?> recorded = leader.drain();
        thread.run();
        assertThat(recorded).isCompleted();

        objects.deletionsFail(false);
        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().run()).isEqualTo(1);
        assertThat(objects.names()).contains("drains/0000000000.json").doesNotContain("stops/0000000007.json");
    }

    @Test
    void when_asked_for_numbers_of_replicas_before_the_next_attempt_then_the_last_one_stays_wanted() {
        leads();
        objects.failing(REFUSED);
        restart();
        leader.scale(Map.of("sum", 3));
        leader.scale(Map.of("sum", 4));

        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().run()).isEqualTo(1);
        assertThat(leader.limits().replicas()).containsExactly(Map.entry("sum", 4));
    }

    @Test
    void when_asked_for_numbers_of_replicas_while_the_job_goes_on_then_these_stay_wanted() {
        store.putJournal(new RunRecord("p", 1, 0, 1, 0, 1, 1, PIPELINE.stages(), Optional.empty()));
        leader.elected();
        leader.scale(Map.of("sum", 3));

        thread.pass(MembershipConfig.defaults().takeoverPatience());

        assertThat(board.view().run()).isEqualTo(2);
        assertThat(leader.limits().replicas()).containsExactly(Map.entry("sum", 3));
    }

    @Test
    void when_started_again_then_numbers_of_replicas_that_were_asked_for_before_count_no_more() {
        leads();
        leader.scale(Map.of("sum", 3));
        thread.run();

        restart();

        assertThat(leader.limits().replicas()).containsExactly(Map.entry("sum", 2));
    }

    @Test
    void when_asked_for_a_checkpoint_before_the_next_attempt_then_that_one_takes_it_when_all_are_open() {
        leads();
        objects.failing(REFUSED);
        restart();
        assertThat(board.view().detail()).contains("503");
        leader.takeCheckpoint();
        thread.pass(Duration.ofSeconds(2));

        opens("a", 0);
        assertThat(board.view().checkpoints().inProgress()).isEmpty();
        opens("b", 1);

        assertThat(board.view().checkpoints().inProgress()).hasSize(1);
    }

    @Test
    void when_asked_for_a_savepoint_before_an_attempt_that_is_refused_for_good_then_it_has_failed() {
        leads();
        objects.failing(REFUSED);
        leader.restart(StartOptions.at(4_711));
        thread.run();
        leader.takeSavepoint("last");
        thread.run();

        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().phase()).isEqualTo(Phase.FAILED);
        assertThat(board.savepoints())
                .extracting(SavepointView::name, SavepointView::status)
                .containsExactly(tuple("last", SavepointView.Status.FAILED));
        assertThat(board.savepoints().getFirst().detail()).contains("CHECKPOINT_MISSING");
        assertThat(objects.list("wishes/")).isEmpty();
    }

    @Test
    void when_asked_for_a_savepoint_before_the_next_attempt_then_that_one_knows_of_it_and_does_not_stop_without() {
        leads();
        objects.failing(REFUSED);
        restart();

        CompletionStage<?> recorded = leader.takeSavepoint("last").thenCompose(_ -> leader.stop());
        thread.run();
        assertThat(recorded).isCompleted();
        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().run()).isEqualTo(1);
        assertThat(board.view().phase()).isEqualTo(Phase.STARTING);
        assertThat(board.savepoints()).as("none has failed").isEmpty();
        assertThat(objects.list("wishes/")).hasSize(1);
    }

    @Test
    void when_a_savepoint_cannot_be_written_down_then_the_next_attempt_is_asked_for_it() {
        leads();
        objects.failing(REFUSED, REFUSED);
        restart();
        CompletionStage<?> recorded = leader.takeSavepoint("last");
        thread.run();
        assertThat(recorded).isNotCompleted();

        thread.pass(Duration.ofSeconds(2));

        assertThat(recorded).isCompleted();
        assertThat(objects.list("wishes/")).hasSize(1);
    }

    @Test
    void when_it_leads_no_more_before_the_run_is_opened_then_the_job_goes_on_as_if_it_had_not_been_started_again() {
        leads();
        objects.failing(REFUSED);
        restart();

        leader.lost("its lease has expired");
        leads();
        thread.pass(Duration.ofSeconds(2));

        assertThat(board.view().run()).isEqualTo(0);
    }

    @Test
    void when_the_last_run_had_more_replicas_than_the_file_then_these_stay_wanted() {
        StageDescription scaled = new StageDescription("sum", 3, false);
        store.putJournal(new RunRecord("p", 1, 0, 1, 0, 1, 1, List.of(scaled), Optional.empty()));
        leads();

        restart();

        assertThat(board.view().run()).isEqualTo(2);
        assertThat(leader.limits().replicas()).containsExactly(Map.entry("sum", 3));
    }

    /** There is nothing to go on with, so it waits for processes. */
    private void leads() {
        leader.elected();
        thread.run();
    }

    private void opens(String process, int index) {
        InstanceDesk desk = Objects.requireNonNull(leader.desk());
        Fence fence = new Fence("p", board.view().run(), board.view().term());
        desk.connected(process, "sum", "", new Address(process, 1));
        desk.received(process, new FromInstance.Holding(Optional.empty(), Optional.empty()));
        thread.run();
        desk.received(
                process,
                new FromInstance.Report(new ToCoordinator.Opened(
                        fence, new ReplicaId("sum", index), new StageSchema("sum", 2, List.of()))));
        thread.run();
    }

    private void restart() {
        leader.restart(StartOptions.newest());
        thread.run();
    }
}

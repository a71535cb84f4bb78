package stream.weir.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;

class StandingReportsTest {
    private static final ReplicaId REPLICA = new ReplicaId("total", 1);
    private static final StageSchema SCHEMA = new StageSchema("total", 2, List.of());

    private final StandingReports reports = new StandingReports();

    @Test
    void when_another_coordinator_leads_then_what_was_said_once_is_said_in_its_term() {
        // given
        reports.add(new ToCoordinator.Opened(fence(1), REPLICA, SCHEMA), 1);
        reports.add(new ToCoordinator.Finished(fence(1), REPLICA), 1);
        // then
        assertThat(reports.inTerm(2))
                .containsExactly(
                        new ToCoordinator.Opened(fence(2), REPLICA, SCHEMA),
                        new ToCoordinator.Finished(fence(2), REPLICA));
    }

    @Test
    void when_the_replica_has_not_heard_of_the_term_then_it_speaks_in_it_all_the_same() {
        // when
        ToCoordinator said = reports.add(new ToCoordinator.Failed(fence(1), REPLICA, "disk full"), 2);
        // then
        assertThat(said).isEqualTo(new ToCoordinator.Failed(fence(2), REPLICA, "disk full"));
    }

    @Test
    void when_the_same_coordinator_is_back_then_open_answers_are_repeated() {
        // given
        ToCoordinator answer = decline(7, 1);
        reports.add(answer, 1);
        // then
        assertThat(reports.inTerm(1)).containsExactly(answer);
        assertThat(reports.inTerm(2)).as("a checkpoint ends with its term").isEmpty();
    }

    @Test
    void when_a_checkpoint_is_settled_then_answers_on_it_and_older_ones_are_forgotten() {
        // given
        reports.add(decline(6, 1), 1);
        reports.add(decline(7, 1), 1);
        reports.add(decline(8, 1), 1);
        reports.add(decline(9, 1), 1);
        // when
        reports.told(new ToReplica.Complete(fence(1), 7));
        reports.told(new ToReplica.Abort(fence(1), 9, CheckpointFailure.TIMED_OUT));
        // then
        assertThat(reports.inTerm(1)).containsExactly(decline(8, 1));
    }

    @Test
    void when_several_checkpoints_were_committed_then_only_the_newest_is_repeated() {
        // given
        reports.add(new ToCoordinator.Committed(fence(1), REPLICA, 3), 1);
        reports.add(new ToCoordinator.Committed(fence(1), REPLICA, 4), 1);
        // then
        assertThat(reports.inTerm(1)).containsExactly(new ToCoordinator.Committed(fence(1), REPLICA, 4));
    }

    @Test
    void when_the_first_barrier_of_a_term_comes_before_its_order_then_the_answer_is_said_again_in_that_term() {
        // given
        reports.add(decline(7, 1), 2);
        // when
        Optional<ToCoordinator> again = reports.told(trigger(7, 2));
        // then
        assertThat(again).contains(decline(7, 2));
        assertThat(reports.inTerm(2)).containsExactly(decline(7, 2));
        assertThat(reports.told(trigger(7, 2))).as("said already").isEmpty();
    }

    @Test
    void when_an_answer_comes_after_the_order_of_a_later_term_then_it_is_said_in_that_term() {
        // given
        reports.told(trigger(7, 2));
        // when
        ToCoordinator said = reports.add(decline(7, 1), 2);
        // then
        assertThat(said).isEqualTo(decline(7, 2));
        assertThat(reports.add(decline(6, 1), 2)).as("of an earlier term").isEqualTo(decline(6, 1));
    }

    private static ToReplica trigger(long checkpoint, long term) {
        return new ToReplica.Trigger(fence(term), checkpoint, CheckpointKind.PERIODIC);
    }

    private static ToCoordinator decline(long checkpoint, long term) {
        return new ToCoordinator.Decline(fence(term), REPLICA, checkpoint, CheckpointFailure.CAPTURE_FAILED, "why");
    }

    private static Fence fence(long term) {
        return new Fence("orders", 5, term);
    }
}

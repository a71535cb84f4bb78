package stream.weir.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.membership.Membership.Ending;
import stream.weir.coordinator.membership.MembershipConfig;
import stream.weir.coordinator.status.JobView.Phase;
import stream.weir.coordinator.status.StatusBoard;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.TestStore;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.wire.ControlCodec;

/** The status while the process of the only replica is away, for good or because its connection broke, or its replica has failed. */
class GoodbyeTest {
    private static final PipelineDescription PIPELINE =
            new PipelineDescription("p", List.of(new StageDescription("sum", 1, false)));
    private static final ReplicaId SUM = new ReplicaId("sum", 0);

    private final OneThread thread = new OneThread();
    private final StatusBoard board = StatusBoard.of(PIPELINE, () -> Instant.EPOCH, view -> {});
    private final Leading leading = Leading.of(
            new JobPlan(PIPELINE, CoordinatorConfig.defaults(), MembershipConfig.defaults(), StartOptions.newest()),
            StartOptions.newest(),
            new Leading.Surroundings(
                    new TestStore(),
                    thread.ports(),
                    new ControlDesk(ControlCodec.withDefaults()),
                    board,
                    new ControlDeskIT.NoEnd()));

    @BeforeEach
    void runs() {
        leading.loop().lead(StartOptions.newest());
        thread.run();
        comes("a", Optional.empty());
        opens("a", 1);
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_a_process_says_goodbye_then_the_job_runs_when_another_one_has_opened_and_not_before() {
        goes(Ending.GOODBYE, "it said goodbye");
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);

        comes("b", Optional.empty());
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);

        thread.pass(CoordinatorConfig.defaults().restarts().delay());
        opens("b", 2);
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void when_a_connection_breaks_and_its_process_is_back_in_time_then_the_job_runs_at_once() {
        goes(Ending.LOST, "its connection broke");
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);

        comes("a", Optional.of(new FromInstance.Held(fence(1), SUM, 0)));

        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
        assertThat(board.view().run()).isEqualTo(1);
    }

    @Test
    void when_a_replica_fails_then_the_job_recovers_until_it_has_opened_again() {
        leading.desk()
                .received("a", new FromInstance.Report(new ToCoordinator.Failed(fence(1), SUM, "division by zero")));
        thread.run();
        assertThat(board.view().phase()).isEqualTo(Phase.RECOVERING);
        assertThat(board.view().detail()).contains("division by zero");

        thread.pass(CoordinatorConfig.defaults().restarts().delay());
        opens("a", 2);
        assertThat(board.view().phase()).isEqualTo(Phase.RUNNING);
    }

    private void comes(String process, Optional<FromInstance.Held> holding) {
        leading.desk().connected(process, "sum", "", new Address(process, 1));
        leading.desk().received(process, new FromInstance.Holding(holding, holding.map(FromInstance.Held::replica)));
        thread.run();
    }

    private void goes(Ending how, String why) {
        leading.desk().disconnected("a", how, why);
        thread.run();
    }

    private void opens(String process, long run) {
        ToCoordinator opened = new ToCoordinator.Opened(fence(run), SUM, new StageSchema("sum", 1, List.of()));
        leading.desk().received(process, new FromInstance.Report(opened));
        thread.run();
    }

    private static Fence fence(long run) {
        return new Fence("p", run, 1);
    }
}

package stream.weir.coordinator.membership;

import java.util.List;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;

/** What is to be done, in order. */
public sealed interface MembershipEffect {
    record Send(String instance, ToInstance message) implements MembershipEffect {}

    /** Close its connection; it counts as gone already. */
    record Disconnect(String instance, String why) implements MembershipEffect {}

    /** For the loop. */
    record Pass(ToCoordinator message) implements MembershipEffect {}

    /** For the loop; once for each run and replica. */
    record ReplicaLost(long run, ReplicaId replica, String detail) implements MembershipEffect {}

    /** For the loop: what it was to be restored from does not fit. */
    record DoesNotFit(long run, ReplicaId replica, String detail) implements MembershipEffect {}

    /** For the loop: a process is about to end, and a checkpoint now keeps small what has to be done again. */
    record CheckpointWanted(String why) implements MembershipEffect {}

    /**
     * For the loop: the next run can be this, as there are processes for it; or not any more, where it is the present one.
     *
     * @param readiness whether the processes have fetched ahead what they can
     */
    record ReshapePossible(PipelineDescription to, Readiness readiness) implements MembershipEffect {}

    /**
     * For the status.
     *
     * @param wanted what a run is to have as soon as there are processes for it, and these have prepared
     * @param waiting for what: a sentence for each stage that lacks processes, or one about those that prepare
     */
    record WantedChanged(PipelineDescription wanted, List<String> waiting) implements MembershipEffect {
        public WantedChanged {
            waiting = List.copyOf(waiting);
        }
    }

    /** The answer to {@link Membership#lead}. */
    record Surveyed(Survey survey) implements MembershipEffect {}

    /** For the loop: a process follows a newer coordinator. */
    record Fenced(long newerTerm, String who) implements MembershipEffect {}

    /**
     * For the status.
     *
     * @param waiting for which processes, a sentence for each stage that lacks some; empty when all are there
     */
    record StatusChanged(List<String> waiting) implements MembershipEffect {
        public StatusChanged {
            waiting = List.copyOf(waiting);
        }
    }

    /** For the status: a process went without goodbye, and did not come back in time. */
    record ProcessLost(String instance, String stage, String cause) implements MembershipEffect {}

    /** For the status: a process is there, for the first time or again. */
    record ProcessCame(String instance) implements MembershipEffect {}

    /** For the status. */
    record Progressed(ReplicaId replica, ReplicaProgress progress) implements MembershipEffect {}
}

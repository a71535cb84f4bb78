package stream.weir.coordinator.membership;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.coordinator.loop.Alarm;
import stream.weir.coordinator.loop.CoordinatorLoop;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;

/**
 * Stands between the connections of stage processes and the loop, and carries out what {@link Membership} decides. As a {@link
 * ReplicaGateway} it is called on the loop's thread; {@link #connected}, {@link #disconnected}, {@link #received}, {@link #scale},
 * {@link #dismiss} and {@link #close} may be called from any thread and return at once. News of one connection must come in order.
 */
public final class InstanceDesk implements ReplicaGateway, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InstanceDesk.class);

    private final Membership membership;
    private final CoordinatorPorts ports;
    private final Connections connections;
    private final Listener listener;
    private final Alarm alarm;
    private volatile boolean closed;
    private @Nullable CoordinatorLoop loop;
    private Consumer<Survey> surveyed = answer -> {};
    private boolean surveying;

    /** Connections to processes, by the names under which they were reported. Called on the loop's thread; must not block. */
    public interface Connections {
        /** Over the present connection, in order; what cannot be sent means that {@link InstanceDesk#disconnected} follows. */
        void send(String instance, ToInstance message);

        /** Ends a connection; nothing more is wanted to be heard of it. What was sent before still goes out. */
        void disconnect(String instance, String why);
    }

    /** For the status. Called on the loop's thread; must not block. */
    public interface Listener {
        /** @param waiting a sentence for each stage that lacks processes; empty when none does */
        default void waiting(List<String> waiting) {}

        /**
         * @param wanted what a run is to have as soon as there are processes for it, and these have prepared
         * @param waiting a sentence for each stage that lacks processes for that, or one about those that prepare; empty when for nothing
         */
        default void wanted(PipelineDescription wanted, List<String> waiting) {}

        /** A process went without goodbye, and did not come back in time. */
        default void lost(String instance, String stage, String cause) {}

        /** A process is there, for the first time or again. */
        default void came(String instance) {}

        default void progressed(ReplicaId replica, ReplicaProgress progress) {}

        /** What a replica of the present run says to the loop. */
        default void said(ToCoordinator message) {}
    }

    /**
     * @param ports those of the loop: its executor, timer and clock are used
     */
    public InstanceDesk(Membership membership, CoordinatorPorts ports, Connections connections, Listener listener) {
        this.membership = membership;
        this.ports = ports;
        this.connections = connections;
        this.listener = listener;
        this.alarm = new Alarm(ports, () -> post(this.membership::tick));
    }

    /** Whom to tell; to be called before the loop is started. */
    public void serve(CoordinatorLoop served) {
        loop = served;
    }

    public void connected(String instance, String stage, String revision, Address address) {
        post(now -> membership.connected(instance, stage, revision, address, now));
    }

    public void disconnected(String instance, Membership.Ending ending, String why) {
        post(now -> membership.disconnected(instance, ending, why, now));
    }

    public void received(String instance, FromInstance message) {
        post(now -> membership.received(instance, message, now));
    }

    /**
     * How many replicas stages are to have, as soon as there are processes for them.
     *
     * @param counts by stage, at least 1; stages that are not named keep theirs
     */
    public void scale(Map<String, Integer> counts) {
        post(now -> membership.scale(counts, now));
    }

    /** The job is over: processes are told to end, those that come later too. */
    public void dismiss(ToInstance.Departure departure, String detail) {
        post(now -> membership.dismiss(departure, detail, now));
    }

    @Override
    public void restart(Fence fence, PipelineDescription pipeline, Optional<Manifest> from) {
        surveying = false;
        now(at -> membership.restart(fence, pipeline, from, at));
    }

    @Override
    public void send(ReplicaId to, ToReplica message) {
        now(at -> membership.send(to, message, at));
    }

    @Override
    public void newest(Manifest checkpoint) {
        now(at -> membership.newest(checkpoint, at));
    }

    @Override
    public void lead(Fence leader, Plan plan, Consumer<Survey> answer) {
        surveyed = answer;
        surveying = true;
        now(at -> membership.lead(leader, plan, at));
    }

    @Override
    public void goOn(Fence fence, PipelineDescription pipeline) {
        surveying = false;
        now(at -> membership.goOn(fence, pipeline, at));
    }

    /** The replicas of the present run, and the process that is each of them; on the loop's thread. */
    public List<Member> members() {
        return membership.members();
    }

    /** All processes that are there, or may come back in time; on the loop's thread. */
    public List<KnownProcess> processes() {
        return membership.processes();
    }

    /** Says and hears nothing more. */
    @Override
    public void close() {
        closed = true;
    }

    private void post(LongFunction<List<MembershipEffect>> decision) {
        if (!closed) {
            ports.loop().execute(() -> now(decision));
        }
    }

    private void now(LongFunction<List<MembershipEffect>> decision) {
        if (!closed) {
            decision.apply(ports.nanos().getAsLong()).forEach(this::carryOut);
            alarm.set(membership.nextWake(ports.nanos().getAsLong()));
        }
    }

    private void carryOut(MembershipEffect effect) {
        CoordinatorLoop served = loop;
        if (served == null) {
            throw new IllegalStateException("nobody is served, so nobody can be told: " + effect);
        }
        switch (effect) {
            case MembershipEffect.Send(String instance, ToInstance message) -> connections.send(instance, message);
            case MembershipEffect.Disconnect(String instance, String why) -> connections.disconnect(instance, why);
            case MembershipEffect.Pass(var message) -> {
                served.receive(message);
                listener.said(message);
            }
            case MembershipEffect.ReplicaLost(long run, var replica, String detail) -> {
                LOG.warn("run {}: {} is lost: {}", run, replica, detail);
                served.replicaLost(run, replica, detail);
            }
            case MembershipEffect.DoesNotFit(long run, var replica, String detail) ->
                served.doesNotFit(run, replica, detail);
            case MembershipEffect.CheckpointWanted(String why) -> {
                LOG.info("a checkpoint is taken, as {}", why);
                served.requestCheckpoint(CheckpointKind.REQUESTED);
            }
            case MembershipEffect.ReshapePossible(PipelineDescription to, var readiness) ->
                served.reshape(to, membership.droppedState(), readiness);
            case MembershipEffect.WantedChanged(PipelineDescription wanted, List<String> waiting) -> {
                waiting.forEach(LOG::info);
                listener.wanted(wanted, waiting);
            }
            case MembershipEffect.Surveyed(Survey survey) -> answer(survey);
            case MembershipEffect.Fenced(long newer, String who) -> fenced(served, newer, who);
            case MembershipEffect.StatusChanged(List<String> waiting) -> {
                waiting.forEach(LOG::info);
                listener.waiting(waiting);
            }
            case MembershipEffect.ProcessLost(String instance, String stage, String cause) ->
                listener.lost(instance, stage, cause);
            case MembershipEffect.ProcessCame(String instance) -> listener.came(instance);
            case MembershipEffect.Progressed(var replica, var progress) -> listener.progressed(replica, progress);
        }
    }

    private void answer(Survey survey) {
        if (surveying) {
            surveying = false;
            surveyed.accept(survey);
        }
    }

    private void fenced(CoordinatorLoop served, long newer, String who) {
        if (surveying) {
            answer(new Survey.Fenced(newer, who));
        } else {
            served.fenced("FENCED: " + who + " follows term " + newer);
        }
    }
}

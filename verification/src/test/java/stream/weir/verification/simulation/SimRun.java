package stream.weir.verification.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import stream.weir.coordinator.gateway.ReplicaGateway;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToReplica;
import stream.weir.protocol.frame.Link;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.stage.Inbox;
import stream.weir.runtime.stage.PipelineGraph;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.stage.ReplicaSetup;
import stream.weir.runtime.stage.RestoredStage;
import stream.weir.runtime.stage.StandingReports;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateFiles;

/** One run: all replicas, and the links between them. */
final class SimRun {
    private final World world;
    private final Map<ReplicaId, SimReplica> replicas = new LinkedHashMap<>();
    private final Map<Link, FrameSink> sinks = new HashMap<>();
    private final List<SimLink> links = new ArrayList<>();
    private final Map<ReplicaId, Wire> toCoordinator = new HashMap<>();
    private final Map<ReplicaId, Wire> toReplica = new HashMap<>();
    private final Map<ReplicaId, StandingReports> reports = new LinkedHashMap<>();
    private Fence fence;
    private long heard;
    private int notYetOpen;
    private boolean ended;

    SimRun(World world, Fence fence) {
        this.world = world;
        this.fence = fence;
    }

    Fence fence() {
        return fence;
    }

    Set<ReplicaId> ids() {
        return replicas.keySet();
    }

    List<SimReplica> living() {
        return replicas.values().stream().filter(each -> !each.isDead()).toList();
    }

    List<SimLink> links() {
        return links;
    }

    /** Opens all replicas, each at its time; they start when all are open. */
    void open(PipelineGraph graph, Optional<Manifest> from, StateBackendFactory backends, StateFiles files) {
        notYetOpen = graph.replicas().size();
        for (ReplicaId id : graph.replicas()) {
            RestoredStage restored = from.map(manifest -> RestoredStage.of(manifest, graph, id.stage()))
                    .orElse(RestoredStage.NONE);
            ReplicaSetup setup =
                    new ReplicaSetup(graph, id, fence, world.plant().restored(restored), false);
            replicas.put(id, new SimReplica(setup, world, new Ear(id)));
            toCoordinator.put(id, new Wire(world.time()));
            toReplica.put(id, new Wire(world.time()));
            reports.put(id, new StandingReports());
        }
        for (Link link : graph.links()) {
            SimReplica sender = replica(new ReplicaId(link.from(), link.fromReplica()));
            SimLink simulated = new SimLink(link, sender, replica(new ReplicaId(link.to(), link.toReplica())), world);
            sender.add(simulated);
            links.add(simulated);
            sinks.put(link, world.plant().sink(link, simulated));
        }
        replicas.forEach((id, replica) -> world.time().after(world.chance().micros(50, 1_500), "open", id, () -> {
            replica.open(environment(id, backends, files));
        }));
    }

    /** A message arrives, if its replica is still there, and follows who says it. */
    void deliver(ReplicaId to, ToReplica message) {
        if (message.fence().isOlderThan(fence)) {
            world.trace().note("refused", message);
            return;
        }
        SimReplica replica = replica(to);
        if (!replica.isDead()) {
            if (message instanceof ToReplica.OfCheckpoint of) {
                heard = Math.max(heard, of.checkpoint());
            }
            reportsOf(to).told(message).ifPresent(again -> transmit(to, again));
            replica.mail(new Inbox.Mail.Control(message));
        }
    }

    /** All replicas follow a new leader, who is told whether he finds all of them. */
    Survey follow(Fence leader, ReplicaGateway.Plan plan) {
        if (leader.term() < fence.term()) {
            return new Survey.Fenced(fence.term(), "a replica");
        }
        fence = new Fence(fence.pipeline(), fence.run(), leader.term());
        if (leader.run() != fence.run()) {
            return new Survey.Broken("replicas are in run " + fence.run(), plan.wanted());
        }
        if (ended || living().size() < replicas.size()) {
            return new Survey.Broken("there are " + living() + " of " + ids(), plan.wanted());
        }
        return new Survey.Unbroken(heard);
    }

    /** What replicas have said and still holds, for a leader that goes on with them; last of all that they have opened. */
    List<ToCoordinator> standing() {
        List<ToCoordinator> standing = new ArrayList<>();
        reports.values().forEach(each -> standing.addAll(each.inTerm(fence.term())));
        standing.sort(Comparator.comparing(ToCoordinator.Opened.class::isInstance));
        return standing;
    }

    List<ReplicaId> dead() {
        return replicas.values().stream()
                .filter(SimReplica::isDead)
                .map(SimReplica::id)
                .toList();
    }

    Wire wireTo(ReplicaId replica) {
        Wire wire = toReplica.get(replica);
        if (wire == null) {
            throw new IllegalArgumentException("no replica " + replica);
        }
        return wire;
    }

    void killAll() {
        ended = true;
        replicas.values().forEach(SimReplica::kill);
    }

    void end() {
        ended = true;
        replicas.values().forEach(SimReplica::close);
    }

    boolean hasEnded() {
        return ended;
    }

    private StandingReports reportsOf(ReplicaId id) {
        StandingReports own = reports.get(id);
        if (own == null) {
            throw new IllegalArgumentException("no replica " + id);
        }
        return own;
    }

    private SimReplica replica(ReplicaId id) {
        SimReplica replica = replicas.get(id);
        if (replica == null) {
            throw new IllegalArgumentException("no replica " + id);
        }
        return replica;
    }

    private ReplicaEnvironment environment(ReplicaId id, StateBackendFactory backends, StateFiles files) {
        return new ReplicaEnvironment(
                world::wallMillis,
                world.time()::nanos,
                task -> upload(id, task),
                world.plant().hearing(this, id, message -> says(id, message)),
                this::sink,
                backends,
                files,
                world.folder().resolve("run-" + fence.run()).resolve(id.toString()),
                world.settings().tuning());
    }

    private FrameSink sink(Link link) {
        FrameSink sink = sinks.get(link);
        if (sink == null) {
            throw new IllegalArgumentException("no link " + link);
        }
        return sink;
    }

    /** An upload ends with its process, unless the fault is that it does not. */
    private void upload(ReplicaId id, Runnable task) {
        boolean outlives = world.faults().strikes(Fault.UPLOAD_OUTLIVES_RUN);
        boolean slow = world.faults().strikes(Fault.STORE_SLOW);
        long delay =
                slow ? world.chance().micros(20_000, 150_000) : world.chance().micros(50, 3_000);
        world.time().after(delay, "upload", id, () -> {
            if (outlives || !replica(id).isDead()) {
                task.run();
            }
        });
    }

    private void says(ReplicaId id, ToCoordinator message) {
        transmit(id, reportsOf(id).add(message, fence.term()));
    }

    /** What must not be lost breaks the connection when it is. */
    private void transmit(ReplicaId id, ToCoordinator message) {
        if (world.faults().strikes(Fault.MESSAGE_LOST)) {
            if (message instanceof ToCoordinator.Opened
                    || message instanceof ToCoordinator.Finished
                    || message instanceof ToCoordinator.Failed) {
                lossIsNoticed(id);
            }
            return;
        }
        Wire wire = toCoordinator.get(id);
        if (wire == null) {
            throw new IllegalArgumentException("no replica " + id);
        }
        int copies = world.faults().strikes(Fault.MESSAGE_TWICE) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            wire.send(world.messageDelay(), message.getClass().getSimpleName() + " of", id, () -> world.hear(message));
        }
    }

    private void lossIsNoticed(ReplicaId id) {
        world.lossIsNoticed(fence.run(), id);
    }

    private final class Ear implements SimReplica.Listener {
        private final ReplicaId id;

        Ear(ReplicaId id) {
            this.id = id;
        }

        @Override
        public void opened() {
            notYetOpen--;
            if (notYetOpen == 0) {
                replicas.values().forEach(SimReplica::start);
            }
        }

        @Override
        public void killed(SimReplica replica) {
            // Whoever writes to it notices, too.
            links.stream().filter(link -> link.receiver() == replica).forEach(SimLink::cut);
            lossIsNoticed(id);
        }

        @Override
        public void says(ToCoordinator message) {
            SimRun.this.says(id, message);
        }
    }
}

package stream.weir.coordinator.membership;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.gateway.ReplicaGateway.Plan;
import stream.weir.coordinator.membership.MembershipEffect.Disconnect;
import stream.weir.coordinator.membership.MembershipEffect.Fenced;
import stream.weir.coordinator.membership.MembershipEffect.ProcessCame;
import stream.weir.coordinator.membership.MembershipEffect.ProcessLost;
import stream.weir.coordinator.membership.MembershipEffect.Progressed;
import stream.weir.coordinator.membership.MembershipEffect.Send;
import stream.weir.coordinator.membership.MembershipEffect.StatusChanged;
import stream.weir.coordinator.membership.MembershipEffect.Surveyed;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;

/**
 * Which processes there are, and which replica each one is. A process that was a replica is that one again; those that are too many
 * wait, and take over at once when one is lost. What a process is told stands: it is said again on each new connection, after the
 * process has said what it holds.
 *
 * <p>Each method takes the time, and returns what is to be done, in order. Not safe for use by several threads.
 */
public final class Membership {
    private final String pipeline;
    private final MembershipConfig config;
    private final DroppedState droppedState;
    private final Map<String, Instance> instances = new LinkedHashMap<>();
    private final List<MembershipEffect> effects = new ArrayList<>();
    private final Wish wish;
    private final Preparation preparation;
    private List<String> saidWaiting = List.of();
    private @Nullable PresentRun run;
    private @Nullable Surveying surveying;
    private ToInstance.@Nullable Leave leave;
    private boolean surveyed;
    private long term;
    private long order;

    private Membership(PipelineDescription pipeline, MembershipConfig config, DroppedState droppedState) {
        this.pipeline = pipeline.name();
        this.wish = new Wish(pipeline);
        this.config = config;
        this.preparation = new Preparation(config.preparePatience(), instances, effects);
        this.droppedState = droppedState;
    }

    public static Membership of(PipelineDescription pipeline, MembershipConfig config, DroppedState droppedState) {
        return new Membership(pipeline, config, droppedState);
    }

    /** How a connection ended. */
    public enum Ending {
        /** The process said that it ends. */
        GOODBYE,
        /** It broke, or the process fell silent. */
        LOST
    }

    /** A process has connected, or connected anew: what it is told from now on goes over the new connection. */
    public List<MembershipEffect> connected(String name, String stage, String revision, Address address, long now) {
        Instance known = instances.get(name);
        if (known == null && instances.size() >= config.mostInstances()) {
            String why = "there are " + instances.size() + " processes already";
            effects.add(new Send(name, new ToInstance.Leave(ToInstance.Departure.REPLACED, why)));
            effects.add(new Disconnect(name, why));
            return done(now);
        }
        if (known != null && !known.stage().equals(stage)) {
            gone(known, "its name came back as a process of " + stage);
            known = null;
        }
        Instance instance = known == null ? new Instance(name, stage, revision, address, ++order) : known;
        instances.put(name, instance);
        instance.connect(revision, address, now + config.takeoverPatience().toNanos());
        effects.add(new ProcessCame(name));
        lead(instance);
        return done(now);
    }

    public List<MembershipEffect> disconnected(String name, Ending ending, String why, long now) {
        Instance instance = instances.get(name);
        if (instance != null && instance.isConnected()) {
            instance.disconnect(why, now + config.reconnectGrace().toNanos());
            if (ending == Ending.GOODBYE) {
                gone(instance, "its process ended: " + why);
            } else if (instance.held().isEmpty()
                    && (run == null || run.places().heldBy(instance).isEmpty())) {
                instances.remove(name);
                effects.add(new ProcessLost(name, instance.stage(), why));
            }
        }
        return done(now);
    }

    /** What a process says. */
    public List<MembershipEffect> received(String name, FromInstance message, long now) {
        Instance instance = instances.get(name);
        if (instance == null || !instance.isConnected() || term == 0) {
            return done(now);
        }
        switch (message) {
            case FromInstance.Holding holding -> holding(instance, holding);
            case FromInstance.Report(ToCoordinator said) -> report(instance, said);
            case FromInstance.NotOpened refusal -> notOpened(instance, refusal);
            case FromInstance.Departing departing -> departing(instance, departing.reason());
            case FromInstance.Prepared answer -> preparation.answered(instance, answer, term);
            case FromInstance.Progress progress -> {
                if (run != null && run.isHolder(instance, progress.fence(), progress.replica())) {
                    effects.add(new Progressed(progress.replica(), progress.progress()));
                }
                // From thousands, each second; who is there has not changed.
                return taken();
            }
        }
        return done(now);
    }

    /** A term begins: all processes are told, and asked what they hold. {@link Surveyed} follows, unless {@link #restart} does. */
    public List<MembershipEffect> lead(Fence leader, Plan plan, long now) {
        wish.leads(plan);
        preparation.reset(Optional.empty());
        term = leader.term();
        run = null;
        surveyed = false;
        surveying = new Surveying(
                leader, plan.last(), now, now + config.takeoverPatience().toNanos());
        for (Instance instance : instances.values()) {
            if (instance.isConnected()) {
                instance.connect(
                        instance.revision(),
                        instance.address(),
                        now + config.takeoverPatience().toNanos());
                lead(instance);
            }
        }
        return done(now);
    }

    /** The run that was found unbroken goes on. */
    public List<MembershipEffect> goOn(Fence fence, PipelineDescription present, long now) {
        wish.begins(present);
        term = fence.term();
        surveying = null;
        PresentRun taken = new PresentRun(new Places(fence, new Places.TakenOver(), present), instances, effects);
        run = taken;
        taken.takeOver();
        return done(now);
    }

    /** All replicas begin a run: those who were a replica are it again, as far as they are alive. */
    public List<MembershipEffect> restart(Fence fence, PipelineDescription present, Optional<Manifest> from, long now) {
        PipelineDescription past = wish.begins(present);
        preparation.reset(from);
        Optional<Places> before = Optional.ofNullable(run).map(PresentRun::places);
        term = fence.term();
        surveying = null;
        Places begun = new Places(fence, new Places.Restored(from, droppedState), present);
        PresentRun next = new PresentRun(begun, instances, effects);
        run = next;
        next.begin(past, before);
        return done(now);
    }

    /** For one replica of the present run; what stands of it is said again when its process connects anew. */
    public List<MembershipEffect> send(ReplicaId to, ToReplica message, long now) {
        PresentRun present = run;
        if (present != null) {
            present.send(to, message);
        }
        return done(now);
    }

    /** The newest complete checkpoint is this one. */
    public List<MembershipEffect> newest(Manifest checkpoint, long now) {
        preparation.newest(checkpoint);
        return done(now);
    }

    /**
     * How many replicas stages are to have, as soon as there are processes for them.
     *
     * @param counts by stage, at least 1; stages that are not named keep theirs
     */
    public List<MembershipEffect> scale(Map<String, Integer> counts, long now) {
        wish.counts(counts);
        return done(now);
    }

    /** Nothing more is to be done: all processes are told to end, those that come later too. */
    public List<MembershipEffect> dismiss(ToInstance.Departure departure, String detail, long now) {
        ToInstance.Leave said = new ToInstance.Leave(departure, detail);
        leave = said;
        run = null;
        surveying = null;
        preparation.reset(Optional.empty());
        instances.values().stream()
                .filter(Instance::isConnected)
                .forEach(each -> effects.add(new Send(each.name(), said)));
        return done(now);
    }

    /** Time has passed. */
    public List<MembershipEffect> tick(long now) {
        for (Instance instance : List.copyOf(instances.values())) {
            if (instance.deadline().isPresent() && now - instance.deadline().getAsLong() >= 0) {
                if (instance.isConnected() && term == 0) {
                    continue;
                }
                if (instance.isConnected()) {
                    effects.add(new Disconnect(instance.name(), instance.detail()));
                }
                effects.add(new ProcessLost(instance.name(), instance.stage(), instance.detail()));
                gone(instance, instance.detail());
            }
        }
        PresentRun present = run;
        if (present != null) {
            present.handOver();
        }
        return done(now);
    }

    /** What becomes of state that no step claims. */
    DroppedState droppedState() {
        return droppedState;
    }

    /** The replicas of the present run, and the process that is each of them; empty between two. */
    public List<Member> members() {
        PresentRun present = run;
        return present == null
                ? List.of()
                : present.places().all().stream().map(Member::of).toList();
    }

    /** All processes that are there, or may come back in time. */
    public List<KnownProcess> processes() {
        return KnownProcess.all(instances.values(), Optional.ofNullable(run).map(PresentRun::places));
    }

    /** When {@link #tick} would change something; empty when nothing but news can. */
    public OptionalLong nextWake(long now) {
        PresentRun present = run;
        OptionalLong next = earlier(
                preparation.untilNanos(),
                present != null && present.isHandoverDue() ? OptionalLong.of(now) : OptionalLong.empty());
        for (Instance instance : instances.values()) {
            if (term > 0) {
                next = earlier(next, instance.deadline());
            }
        }
        Surveying open = surveying;
        return open == null || surveyed || open.leader().run() == 0
                ? next
                : earlier(next, OptionalLong.of(open.untilNanos()));
    }

    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() - other.getAsLong() <= 0 ? one : other;
    }

    private void lead(Instance instance) {
        if (term > 0) {
            effects.add(new Send(instance.name(), new ToInstance.Lead(pipeline, term)));
        }
    }

    private void holding(Instance instance, FromInstance.Holding holding) {
        instance.holds(holding);
        if (holding.running().isPresent() && isFencedBy(holding.running().get().fence(), instance)) {
            return;
        }
        if (leave != null) {
            effects.add(new Send(instance.name(), leave));
        } else if (run != null) {
            run.settle(instance);
            preparation.settle(instance);
        }
    }

    private void report(Instance instance, ToCoordinator message) {
        if (isFencedBy(message.fence(), instance)) {
            return;
        }
        Surveying open = surveying;
        if (open != null) {
            if (message.fence().term() == term
                    && message.fence().run() == open.leader().run()) {
                instance.keep(message);
            }
            return;
        }
        PresentRun present = run;
        if (present != null) {
            present.report(instance, message);
        }
    }

    private void notOpened(Instance instance, FromInstance.NotOpened refusal) {
        if (isFencedBy(refusal.fence(), instance)) {
            return;
        }
        if (surveying != null && instance.isIn(refusal.fence().run())) {
            instance.fails();
        }
        PresentRun present = run;
        if (present != null) {
            present.notOpened(instance, refusal);
        }
    }

    private void departing(Instance instance, String reason) {
        instance.departs();
        PresentRun present = run;
        if (present != null) {
            present.departs(instance, reason);
        } else if (surveying == null && instance.isReady()) {
            effects.add(PresentRun.free(instance));
        }
    }

    private void gone(Instance instance, String why) {
        instances.remove(instance.name());
        PresentRun present = run;
        if (present != null) {
            present.gone(instance, why);
        }
    }

    private boolean isFencedBy(Fence fence, Instance who) {
        boolean fenced = fence.pipeline().equals(pipeline) && fence.term() > term;
        if (fenced) {
            effects.add(new Fenced(fence.term(), who.toString()));
        }
        return fenced;
    }

    /** What follows from whatever happened: an answer, routes, the status. */
    private List<MembershipEffect> done(long now) {
        Surveying open = surveying;
        if (open != null && !surveyed) {
            open.answer(instances.values(), wish.wanted(), now).ifPresent(answer -> {
                surveyed = true;
                effects.add(new Surveyed(answer));
            });
        }
        PresentRun present = run;
        if (present != null) {
            present.sayRoutes();
        }
        List<String> waiting = waiting();
        if (!waiting.equals(saidWaiting)) {
            saidWaiting = waiting;
            effects.add(new StatusChanged(waiting));
        }
        if (present != null) {
            wish.newlyPossible(instances.values()).ifPresent(to -> preparation.begin(to, present.places(), now));
            if (wish.isThere()) {
                preparation.takeBack(present.places());
            }
            preparation.look(present.places(), now);
        }
        wish.change(instances.values(), present != null, preparation.waiting()).ifPresent(effects::add);
        return taken();
    }

    private List<MembershipEffect> taken() {
        List<MembershipEffect> result = List.copyOf(effects);
        effects.clear();
        return result;
    }

    private List<String> waiting() {
        PresentRun present = run;
        if (present != null) {
            return present.waiting();
        }
        return surveying == null ? List.of() : surveying.waiting(instances.values(), wish.wanted());
    }
}

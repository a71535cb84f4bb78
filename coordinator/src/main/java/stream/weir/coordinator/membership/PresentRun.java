package stream.weir.coordinator.membership;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.membership.MembershipEffect.CheckpointWanted;
import stream.weir.coordinator.membership.MembershipEffect.DoesNotFit;
import stream.weir.coordinator.membership.MembershipEffect.Pass;
import stream.weir.coordinator.membership.MembershipEffect.ReplicaLost;
import stream.weir.coordinator.membership.MembershipEffect.Send;
import stream.weir.coordinator.membership.Places.Place;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.FromInstance.Held;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.control.ToReplica;

/** The run that processes are to be in: gives its places away, and keeps what its replicas were told. Part of {@link Membership}. */
final class PresentRun {
    private final Places places;
    private final Map<String, Instance> instances;
    private final List<MembershipEffect> effects;
    private final Standing standing = new Standing();
    private boolean handoverDue;

    /**
     * @param instances all there are; kept by the owner
     * @param effects what is to be done is added to them
     */
    PresentRun(Places places, Map<String, Instance> instances, List<MembershipEffect> effects) {
        this.places = places;
        this.instances = instances;
        this.effects = effects;
    }

    Places places() {
        return places;
    }

    /** Replicas that are there already go on; what they said of themselves is passed on, last of all that they have opened. */
    void takeOver() {
        for (Place place : places.all()) {
            Optional<Instance> holder = instances.values().stream()
                    .filter(each -> each.holds(fence().run(), place.replica()))
                    .findFirst();
            holder.ifPresentOrElse(place::settle, () -> lose(place, "its process is gone since the takeover began"));
        }
        for (Place place : places.all()) {
            place.holder().ifPresent(holder -> holder.keptReports().forEach(said -> report(holder, said)));
            place.holder().filter(Instance::hasFailed).ifPresent(holder -> lose(place, holder + " has failed"));
        }
        for (Place place : places.all()) {
            place.holder().ifPresent(holder -> holder.keptOpened().ifPresent(said -> report(holder, said)));
        }
        for (Instance instance : List.copyOf(instances.values())) {
            if (instance.isDeparting()) {
                departs(instance, "as it said before the takeover");
            }
        }
        releaseOthers();
    }

    /**
     * @param past what the run before had
     * @param before where processes were in it
     */
    void begin(PipelineDescription past, Optional<Places> before) {
        before.ifPresent(old -> places.keep(old, instances));
        for (Place place : places.all()) {
            place.holder().filter(Instance::isReady).ifPresent(holder -> assign(place, holder));
        }
        places.all().stream().map(place -> place.replica().stage()).distinct().forEach(this::fill);
        instances.values().stream()
                .filter(each -> each.isReady() && each.isDeparting())
                .forEach(each -> effects.add(free(each)));
        // Whoever waits for yet another pipeline stays; those whose time is over do not.
        instances.values().stream()
                .filter(each -> each.isReady() && !each.isDeparting())
                .filter(each -> each.fits(past) && !each.fits(places.pipeline()))
                .forEach(this::replace);
        releaseOthers();
    }

    private void releaseOthers() {
        instances.values().stream()
                .filter(each -> each.isReady()
                        && !each.isDeparting()
                        && places.heldBy(each).isEmpty())
                .forEach(this::releaseOld);
    }

    /** A process has said what it holds. */
    void settle(Instance instance) {
        Optional<Place> believed = places.heldBy(instance);
        Optional<Place> said = instance.held()
                .filter(held -> held.fence().run() == fence().run())
                .flatMap(held -> places.of(held.replica()));
        if (said.isPresent()) {
            if (believed.equals(said) && !said.get().isLost()) {
                said.get().settle(instance);
                effects.add(new Send(instance.name(), places.routes()));
                sayWhatStands(instance);
            } else if (!said.get().isLost()) {
                release(instance, said.get().replica() + " is held by another process");
                fill(instance.stage());
            }
        } else if (believed.isEmpty()) {
            fill(instance.stage());
            if (places.heldBy(instance).isEmpty()) {
                releaseOld(instance);
            }
        } else if (!believed.get().isLost()) {
            // It was told and does not know: the message was lost with a connection, unless it has worked already.
            if (believed.get().hasOpened() || !places.canBeGiven()) {
                lose(believed.get(), instance + " is not this replica any more");
            } else {
                assign(believed.get(), instance);
            }
        }
    }

    void send(ReplicaId to, ToReplica message) {
        if (message.fence().run() != fence().run()) {
            return;
        }
        boolean completes = message instanceof ToReplica.Complete
                && standing.newestComplete().filter(message::equals).isEmpty();
        handoverDue |= completes && instances.values().stream().anyMatch(Instance::isDeparting);
        standing.note(message);
        places.of(to)
                .filter(Place::isSettled)
                .flatMap(Place::holder)
                .filter(Instance::isReady)
                .ifPresent(holder -> effects.add(new Send(holder.name(), new ToInstance.Tell(message))));
    }

    void report(Instance instance, ToCoordinator message) {
        if (!isHolder(instance, message.fence(), message.replica())
                || message.fence().term() != fence().term()) {
            return;
        }
        Place place = places.of(message.replica()).orElseThrow();
        boolean news =
                switch (message) {
                    case ToCoordinator.Opened opened -> place.open();
                    case ToCoordinator.Failed failed -> place.lose();
                    case ToCoordinator.Acknowledge _, ToCoordinator.Decline _ -> true;
                    case ToCoordinator.Finished _, ToCoordinator.Committed _ -> true;
                };
        if (news) {
            effects.add(new Pass(message));
        }
    }

    void notOpened(Instance instance, FromInstance.NotOpened refusal) {
        if (isHolder(instance, refusal.fence(), refusal.replica())
                && places.of(refusal.replica()).orElseThrow().lose()) {
            effects.add(
                    switch (refusal.cause()) {
                        case DOES_NOT_FIT -> new DoesNotFit(fence().run(), refusal.replica(), refusal.error());
                        case TROUBLE ->
                            new Pass(new ToCoordinator.Failed(
                                    fence(), refusal.replica(), "could not be opened: " + refusal.error()));
                    });
        }
    }

    boolean isHolder(Instance instance, Fence said, ReplicaId replica) {
        return said.run() == fence().run()
                && places.of(replica)
                        .filter(place -> place.isHeldBy(instance) && place.isSettled())
                        .isPresent();
    }

    void departs(Instance instance, String reason) {
        Optional<Place> place = places.heldBy(instance);
        if (place.isPresent() && !place.get().isLost()) {
            effects.add(new CheckpointWanted(instance + " is to end: " + reason));
        } else if (instance.isReady()) {
            effects.add(free(instance));
        }
    }

    private void replace(Instance instance) {
        instance.told(Optional.empty());
        effects.add(new Send(
                instance.name(),
                new ToInstance.Leave(
                        ToInstance.Departure.REPLACED,
                        "the pipeline has no stage " + instance.stage() + " of revision " + instance.revision()
                                + " any more")));
    }

    static Send free(Instance instance) {
        return new Send(
                instance.name(),
                new ToInstance.Leave(ToInstance.Departure.REPLACED, "nothing depends on this process any more"));
    }

    boolean isHandoverDue() {
        return handoverDue;
    }

    /** When a checkpoint is complete, whoever wants to end may, and the others go back to that very checkpoint. */
    void handOver() {
        if (handoverDue) {
            handoverDue = false;
            places.all().forEach(place -> place.holder()
                    .filter(Instance::isDeparting)
                    .ifPresent(holder -> lose(place, holder + " is to end, after a checkpoint")));
        }
    }

    /** @param instance not among the instances any more */
    void gone(Instance instance, String why) {
        places.heldBy(instance).ifPresent(place -> {
            if (place.isSettled()) {
                lose(place, instance + ": " + why);
            }
            place.vacate();
            fill(instance.stage());
        });
    }

    void sayRoutes() {
        places.changedRoutes().ifPresent(routes -> places.all().stream()
                .filter(Place::isSettled)
                .flatMap(place -> place.holder().stream())
                .filter(Instance::isReady)
                .forEach(holder -> effects.add(new Send(holder.name(), routes))));
    }

    /** Stages that lack processes, with a sentence for people. */
    List<String> waiting() {
        Map<String, Integer> wanted = new TreeMap<>();
        Map<String, Long> there = new TreeMap<>();
        places.all().forEach(place -> {
            String stage = place.replica().stage();
            wanted.merge(stage, 1, Integer::sum);
            there.merge(stage, place.holder().filter(Instance::isReady).isPresent() ? 1L : 0L, Long::sum);
        });
        return wanted.entrySet().stream()
                .filter(each -> there.getOrDefault(each.getKey(), 0L) < each.getValue())
                .map(each -> Surveying.sentence(each.getKey(), there.getOrDefault(each.getKey(), 0L), each.getValue()))
                .toList();
    }

    private Fence fence() {
        return places.fence();
    }

    private void assign(Place place, Instance instance) {
        ToInstance.Assign assign = places.assignment(place);
        place.settle(instance);
        instance.told(Optional.of(new Held(fence(), place.replica(), 0)));
        effects.add(new Send(instance.name(), assign));
        sayWhatStands(instance);
    }

    private void sayWhatStands(Instance instance) {
        standing.orders().forEach(order -> effects.add(new Send(instance.name(), new ToInstance.Tell(order))));
    }

    /** Gives vacant places of a stage to processes that wait. */
    private void fill(String stage) {
        if (places.canBeGiven()) {
            places.give(stage, instances.values(), this::assign);
        }
    }

    private void releaseOld(Instance instance) {
        if (instance.held().isEmpty()) {
            return;
        }
        if (!instance.fits(places.pipeline())) {
            replace(instance);
        } else {
            release(instance, "run " + fence().run() + " does without it");
        }
    }

    private void release(Instance instance, String why) {
        Fence left = instance.held().map(Held::fence).orElse(fence());
        instance.told(Optional.empty());
        effects.add(new Send(
                instance.name(), new ToInstance.Release(new Fence(left.pipeline(), left.run(), fence().term()), why)));
    }

    private void lose(Place place, String detail) {
        if (place.lose()) {
            effects.add(new ReplicaLost(fence().run(), place.replica(), detail));
        }
    }
}

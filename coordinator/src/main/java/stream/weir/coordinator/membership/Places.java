package stream.weir.coordinator.membership;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.Assignment;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToInstance;

/** The replicas of one run, and the process that is each of them. */
final class Places {
    private final Fence fence;
    private final Origin origin;
    private final PipelineDescription pipeline;
    private final Map<ReplicaId, Place> places = new LinkedHashMap<>();
    private Map<ReplicaId, Address> saidRoutes = Map.of();

    /** What whoever gets a place begins with. */
    sealed interface Origin {}

    /** @param droppedState what to do with state that no step claims */
    record Restored(Optional<Manifest> from, Assignment.DroppedState droppedState) implements Origin {}

    /** Replicas were there before this coordinator: nobody can get a place any more. */
    record TakenOver() implements Origin {}

    Places(Fence fence, Origin origin, PipelineDescription pipeline) {
        this.fence = fence;
        this.origin = origin;
        this.pipeline = pipeline;
        pipeline.replicas().stream().sorted().forEach(replica -> places.put(replica, new Place(replica)));
    }

    /** One replica. */
    static final class Place {
        private final ReplicaId replica;
        private @Nullable Instance holder;
        private boolean settled;
        private boolean opened;
        private boolean lost;

        private Place(ReplicaId replica) {
            this.replica = replica;
        }

        ReplicaId replica() {
            return replica;
        }

        Optional<Instance> holder() {
            return Optional.ofNullable(holder);
        }

        boolean isHeldBy(Instance instance) {
            return holder == instance;
        }

        /** Kept for a process that has not been told yet. */
        void reserve(Instance instance) {
            holder = instance;
        }

        /** Its process has been told, or has said itself, that it is this replica. */
        void settle(Instance instance) {
            holder = instance;
            settled = true;
        }

        boolean isSettled() {
            return settled;
        }

        void vacate() {
            holder = null;
        }

        /** @return whether this is the first time */
        boolean open() {
            boolean first = !opened;
            opened = true;
            return first;
        }

        boolean hasOpened() {
            return opened;
        }

        /** @return whether this is the first time */
        boolean lose() {
            boolean first = !lost;
            lost = true;
            return first;
        }

        boolean isLost() {
            return lost;
        }
    }

    Fence fence() {
        return fence;
    }

    PipelineDescription pipeline() {
        return pipeline;
    }

    boolean canBeGiven() {
        return origin instanceof Restored;
    }

    Origin origin() {
        return origin;
    }

    /**
     * Who was a replica in the run before is it again, where it still can.
     *
     * @param there all processes there are, by name
     */
    void keep(Places before, Map<String, Instance> there) {
        for (Place place : places.values()) {
            before.of(place.replica())
                    .flatMap(Place::holder)
                    .filter(each -> there.get(each.name()) == each && !each.isDeparting() && each.fits(pipeline))
                    .ifPresent(place::reserve);
        }
    }

    /**
     * Gives vacant places of a stage to processes that wait.
     *
     * @param give has to make the process the holder of the place
     */
    void give(String stage, Collection<Instance> there, BiConsumer<Place, Instance> give) {
        // Whoever has a replica's state gets that one, before anybody else may.
        for (Place place : vacant(stage)) {
            free(stage, there)
                    .filter(each -> each.hasStateOf(place.replica()))
                    .findFirst()
                    .ifPresent(instance -> give.accept(place, instance));
        }
        for (Place place : vacant(stage)) {
            free(stage, there).findFirst().ifPresent(instance -> give.accept(place, instance));
        }
    }

    /** Processes of a stage that could be given something, in the order in which they came. */
    private Stream<Instance> free(String stage, Collection<Instance> there) {
        return there.stream()
                .filter(each -> each.stage().equals(stage) && each.isReady() && !each.isDeparting())
                .filter(each -> each.fits(pipeline))
                .filter(each -> heldBy(each).isEmpty())
                .sorted(Comparator.comparingLong(Instance::order));
    }

    Collection<Place> all() {
        return places.values();
    }

    Optional<Place> of(ReplicaId replica) {
        return Optional.ofNullable(places.get(replica));
    }

    boolean isHeldBy(ReplicaId replica, Instance instance) {
        return of(replica).filter(place -> place.isHeldBy(instance)).isPresent();
    }

    Optional<Place> heldBy(Instance instance) {
        return places.values().stream()
                .filter(place -> place.isHeldBy(instance))
                .findFirst();
    }

    /** Places of a stage that nobody has and somebody could get. */
    private List<Place> vacant(String stage) {
        return places.values().stream()
                .filter(place ->
                        place.replica().stage().equals(stage) && place.holder().isEmpty() && !place.isLost())
                .toList();
    }

    ToInstance.Assign assignment(Place place) {
        if (!(origin instanceof Restored restored)) {
            throw new IllegalStateException(place.replica() + " of run " + fence.run() + " cannot be given away");
        }
        return new ToInstance.Assign(new Assignment(
                fence,
                place.replica(),
                pipeline.counts(),
                restored.from()
                        .map(manifest -> forStage(manifest, place.replica().stage())),
                restored.droppedState()));
    }

    /** Where the processes are; empty when that was said already. */
    Optional<ToInstance.Routes> changedRoutes() {
        Map<ReplicaId, Address> now = addresses();
        if (now.equals(saidRoutes)) {
            return Optional.empty();
        }
        saidRoutes = now;
        return Optional.of(new ToInstance.Routes(fence, now));
    }

    ToInstance.Routes routes() {
        return new ToInstance.Routes(fence, addresses());
    }

    private Map<ReplicaId, Address> addresses() {
        Map<ReplicaId, Address> addresses = new TreeMap<>();
        places.values().stream().filter(Place::isSettled).forEach(place -> place.holder()
                .ifPresent(instance -> addresses.put(place.replica(), instance.address())));
        return addresses;
    }

    /** A stage needs its own snapshots; of others, only whether they had finished. */
    static Manifest forStage(Manifest manifest, String stage) {
        List<ReplicaSnapshot> snapshots = manifest.replicas().stream()
                .map(each -> each.stage().equals(stage)
                        ? each
                        : new ReplicaSnapshot(
                                each.stage(),
                                each.replica(),
                                each.keyGroups(),
                                each.finished(),
                                List.of(),
                                List.of(),
                                SnapshotTimes.NONE))
                .toList();
        return new Manifest(
                manifest.pipeline(),
                manifest.checkpoint(),
                manifest.run(),
                manifest.term(),
                manifest.createdAtMillis(),
                manifest.durationMillis(),
                manifest.kind(),
                manifest.maxParallelism(),
                manifest.stages(),
                snapshots);
    }
}

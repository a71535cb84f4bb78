package stream.weir.coordinator.membership;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.checkpoint.Command.Reshape.Readiness;
import stream.weir.coordinator.membership.MembershipEffect.ReshapePossible;
import stream.weir.coordinator.membership.MembershipEffect.Send;
import stream.weir.coordinator.membership.Places.Place;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToInstance;
import stream.weir.protocol.keygroup.KeyGroupRange;

/**
 * Before a run with other replicas begins, the processes that will be them fetch what they will need of the newest checkpoint, while the
 * present run goes on: so little is left to fetch in the pause between the two. Checkpoints that are complete by then are fetched as
 * well, some rounds long. Nothing depends on it: whoever is lost, and whoever takes too long, is not waited for. Part of {@link
 * Membership}.
 */
final class Preparation {
    /** Each round is as long as what has changed in the one before takes to fetch: more would bring next to nothing. */
    private static final int MOST_ROUNDS = 3;

    private final Duration patience;
    private final Map<String, Instance> instances;
    private final List<MembershipEffect> effects;
    private final Set<String> asked = new LinkedHashSet<>();
    private Optional<Manifest> newest = Optional.empty();
    private OptionalLong deadlineNanos = OptionalLong.empty();
    private long number;
    private @Nullable Round round;

    /**
     * Who fetches what.
     *
     * @param change what is wanted, for people
     * @param asked processes, without those that were lost since
     * @param checkpoint from which
     * @param untilNanos when no answer is waited for any more, in this round and in all later ones of the run
     * @param owed what processes were asked for that have not answered
     */
    private record Round(
            PipelineDescription to,
            String change,
            int count,
            Set<Instance> asked,
            long checkpoint,
            long untilNanos,
            Map<Instance, Send> owed) {}

    /**
     * @param instances all there are; kept by the owner
     * @param effects what is to be done is added to them
     */
    Preparation(Duration patience, Map<String, Instance> instances, List<MembershipEffect> effects) {
        this.patience = patience;
        this.instances = instances;
        this.effects = effects;
    }

    /** A run begins, or nobody is in one: nothing is waited for any more, and this is the newest complete checkpoint. */
    void reset(Optional<Manifest> checkpoint) {
        round = null;
        newest = checkpoint;
        asked.clear();
        deadlineNanos = OptionalLong.empty();
    }

    /** What is wanted is what there is: who was asked to fetch gives the room back. */
    void takeBack(Places present) {
        round = null;
        deadlineNanos = OptionalLong.empty();
        if (!asked.isEmpty()) {
            ToInstance.Prepare nothing =
                    new ToInstance.Prepare(present.fence(), ++number, new KeyGroupRange(0, 0), List.of());
            asked.stream()
                    .filter(name ->
                            instances.containsKey(name) && instances.get(name).isReady())
                    .forEach(name -> effects.add(new Send(name, nothing)));
            asked.clear();
        }
    }

    void newest(Manifest checkpoint) {
        newest = Optional.of(checkpoint);
    }

    /**
     * The run after the present one can be {@code to}. Patience counts from the first time that the present run was to become another:
     * processes that come and go, or numbers that change, do not put that off for ever.
     */
    void begin(PipelineDescription to, Places present, long now) {
        round = null;
        if (to.equals(present.pipeline()) || patience.isZero()) {
            effects.add(new ReshapePossible(to, Readiness.READY));
            return;
        }
        long until = deadlineNanos.orElse(now + patience.toNanos());
        deadlineNanos = OptionalLong.of(until);
        if (now - until >= 0) {
            effects.add(new ReshapePossible(to, Readiness.READY));
        } else {
            ask(to, present, 1, until);
        }
    }

    private void ask(PipelineDescription to, Places present, int count, long untilNanos) {
        Map<Instance, Send> owed = new LinkedHashMap<>();
        newest.ifPresent(manifest -> plan(to, present, manifest, owed));
        if (owed.isEmpty()) {
            round = null;
            effects.add(new ReshapePossible(to, Readiness.READY));
            return;
        }
        long checkpoint = newest.map(Manifest::checkpoint).orElse(0L);
        String change = present.pipeline().changesTo(to);
        round = new Round(to, change, count, new HashSet<>(owed.keySet()), checkpoint, untilNanos, owed);
        if (count == 1) {
            effects.add(new ReshapePossible(to, Readiness.PREPARING));
        }
        owed.forEach((instance, request) -> {
            asked.add(instance.name());
            effects.add(request);
        });
    }

    /** Gives places away as the next run would, and asks those who get what they do not have. */
    private void plan(PipelineDescription to, Places present, Manifest manifest, Map<Instance, Send> owed) {
        number++;
        Places next = new Places(present.fence(), present.origin(), to);
        next.keep(present, instances);
        to.counts().keySet().forEach(stage -> next.give(stage, instances.values(), Place::reserve));
        Map<String, Integer> before = present.pipeline().counts();
        Map<String, Integer> after = to.counts();
        for (Place place : next.all()) {
            String stage = place.replica().stage();
            int replicas = after.getOrDefault(stage, 0);
            boolean sameRange = replicas == before.getOrDefault(stage, 0);
            place.holder()
                    .filter(Instance::isReady)
                    .filter(each -> !sameRange || !present.isHeldBy(place.replica(), each))
                    .ifPresent(each -> {
                        KeyGroupRange range = range(manifest, place.replica(), replicas);
                        List<StateHandle> keyed = needs(manifest, stage, range);
                        if (!keyed.isEmpty()) {
                            ToInstance.Prepare request = new ToInstance.Prepare(present.fence(), number, range, keyed);
                            owed.put(each, new Send(each.name(), request));
                        }
                    });
        }
    }

    /** Empty where there cannot be so many replicas. */
    private static KeyGroupRange range(Manifest manifest, ReplicaId replica, int replicas) {
        return replicas > manifest.maxParallelism()
                ? new KeyGroupRange(0, -1)
                : KeyGroupRange.of(manifest.maxParallelism(), replicas, replica.index());
    }

    private static List<StateHandle> needs(Manifest manifest, String stage, KeyGroupRange range) {
        return manifest.replicas().stream()
                .filter(each -> each.stage().equals(stage))
                .flatMap(each -> each.keyed().stream())
                .filter(each ->
                        each instanceof StateHandle.RocksDb && each.keyGroups().overlaps(range))
                .toList();
    }

    void answered(Instance instance, FromInstance.Prepared answer, long term) {
        Round open = round;
        if (open != null && answer.fence().term() == term && answer.number() == number) {
            open.owed().remove(instance);
        }
    }

    /** A process has come back: what it was asked for, or its answer, may have been lost. */
    void settle(Instance instance) {
        Round open = round;
        if (open != null && open.owed().containsKey(instance)) {
            effects.add(open.owed().get(instance));
        }
    }

    /** Goes on when all have answered, or it takes too long. */
    void look(Places present, long now) {
        Round open = round;
        if (open == null) {
            return;
        }
        open.asked().removeIf(each -> instances.get(each.name()) != each);
        open.owed().keySet().retainAll(open.asked());
        boolean late = now - open.untilNanos() >= 0;
        if (!late && !open.owed().isEmpty()) {
            return;
        }
        boolean newer = newest.filter(manifest -> manifest.checkpoint() > open.checkpoint())
                .isPresent();
        if (!late && newer && open.count() < MOST_ROUNDS) {
            ask(open.to(), present, open.count() + 1, open.untilNanos());
        } else {
            round = null;
            effects.add(new ReshapePossible(open.to(), Readiness.READY));
        }
    }

    /** What the next run waits for, for people; empty when for nothing. */
    List<String> waiting() {
        Round open = round;
        if (open == null) {
            return List.of();
        }
        String most = patience.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
        return List.of(open.change() + ": before the next run processes fetch what they will need of checkpoint "
                + open.checkpoint() + ": " + (open.asked().size() - open.owed().size()) + " of "
                + open.asked().size()
                + " have answered; they are waited for " + most + " at most");
    }

    /** When time alone makes a difference. */
    OptionalLong untilNanos() {
        Round open = round;
        return open == null ? OptionalLong.empty() : OptionalLong.of(open.untilNanos());
    }
}

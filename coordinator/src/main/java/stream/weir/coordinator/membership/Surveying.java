package stream.weir.coordinator.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance.Held;
import stream.weir.protocol.control.ReplicaId;

/**
 * Finds out whether the last run can go on.
 *
 * @param leader the new term, and the last run; run 0 where there was none
 * @param untilNanos when those who have not said what they hold are given up; a first run waits without limit
 */
record Surveying(Fence leader, long untilNanos) {
    /** Empty while it is not known. */
    Optional<Survey> answer(Collection<Instance> instances, Map<String, Integer> replicas, long nowNanos) {
        if (leader.run() == 0) {
            return shortOf(instances, replicas).isEmpty()
                    ? Optional.of(new Survey.Broken("there is no run yet"))
                    : Optional.empty();
        }
        List<String> broken = new ArrayList<>();
        instances.stream()
                .filter(each -> each.isIn(leader.run()) && each.hasFailed())
                .forEach(each -> broken.add(each + " has failed"));
        instances.stream()
                .flatMap(each -> each.held().stream())
                .filter(held -> held.fence().run() == leader.run() && isUnknown(held.replica(), replicas))
                .forEach(held -> broken.add("there is no replica " + held.replica() + " any more"));
        if (!broken.isEmpty()) {
            return Optional.of(new Survey.Broken(String.join(", ", broken)));
        }
        new TreeMap<>(replicas).forEach((stage, count) -> {
            for (int index = 0; index < count; index++) {
                ReplicaId replica = new ReplicaId(stage, index);
                long holders = instances.stream()
                        .filter(each -> each.isReady() && each.holds(leader.run(), replica))
                        .count();
                if (holders != 1) {
                    broken.add(replica + " is held by " + holders + " processes");
                }
            }
        });
        if (broken.isEmpty()) {
            return Optional.of(new Survey.Unbroken(heard(instances)));
        }
        return nowNanos - untilNanos >= 0
                ? Optional.of(new Survey.Broken(String.join(", ", broken)))
                : Optional.empty();
    }

    /** Stages that have fewer processes than replicas, with a sentence for people. */
    static List<String> shortOf(Collection<Instance> instances, Map<String, Integer> replicas) {
        List<String> waiting = new ArrayList<>();
        new TreeMap<>(replicas).forEach((stage, count) -> {
            long ready = instances.stream()
                    .filter(each -> each.stage().equals(stage) && each.isReady() && !each.isDeparting())
                    .count();
            if (ready < count) {
                waiting.add(sentence(stage, ready, count));
            }
        });
        return waiting;
    }

    static String sentence(String stage, long there, int wanted) {
        return "stage " + stage + " has " + there + " of " + wanted + (wanted == 1 ? " replica" : " replicas")
                + ": waiting for processes";
    }

    private static boolean isUnknown(ReplicaId replica, Map<String, Integer> replicas) {
        return replica.index() >= replicas.getOrDefault(replica.stage(), 0);
    }

    private long heard(Collection<Instance> instances) {
        return instances.stream()
                .filter(each -> each.isIn(leader.run()))
                .flatMap(each -> each.held().stream())
                .mapToLong(Held::highestCheckpoint)
                .max()
                .orElse(0);
    }
}

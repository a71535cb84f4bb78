package stream.weir.coordinator.membership;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.gateway.Survey;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.FromInstance.Held;
import stream.weir.protocol.control.ReplicaId;

/**
 * Finds out whether the last run can go on.
 *
 * @param leader the new term, and the last run; run 0 where there was none
 * @param last what that run has; counts for nothing where there was none
 * @param sinceNanos when this began
 * @param untilNanos when those who have not said what they hold are given up; a first run waits without limit
 */
record Surveying(Fence leader, PipelineDescription last, long sinceNanos, long untilNanos) {
    private static final int MOST_NAMED = 20;

    /**
     * Empty while it is not known.
     *
     * @param wanted now
     */
    Optional<Survey> answer(Collection<Instance> instances, PipelineDescription wanted, long nowNanos) {
        if (leader.run() == 0) {
            return shortOf(instances, wanted).isEmpty()
                    ? Optional.of(new Survey.Broken("there is no run yet", wanted))
                    : Optional.empty();
        }
        List<String> broken = new ArrayList<>();
        instances.stream()
                .filter(each -> each.isIn(leader.run()) && each.hasFailed())
                .forEach(each -> broken.add(each + " has failed"));
        if (!broken.isEmpty()) {
            return Optional.of(broken(broken, instances, wanted, nowNanos));
        }
        Map<ReplicaId, Integer> holders = new HashMap<>();
        instances.stream()
                .filter(Instance::isReady)
                .flatMap(each -> each.held().stream())
                .filter(held -> held.fence().run() == leader.run())
                .forEach(held -> holders.merge(held.replica(), 1, Integer::sum));
        for (ReplicaId replica : last.replicas()) {
            int count = holders.getOrDefault(replica, 0);
            if (count != 1) {
                broken.add(replica + " is held by " + count + " processes");
            }
        }
        if (broken.isEmpty()) {
            return Optional.of(new Survey.Unbroken(heard(instances)));
        }
        return nowNanos - untilNanos >= 0 ? Optional.of(broken(broken, instances, wanted, nowNanos)) : Optional.empty();
    }

    /** Where there are processes for what is wanted, all begin with that; otherwise what there was has the better chance. */
    private Survey broken(List<String> why, Collection<Instance> instances, PipelineDescription wanted, long nowNanos) {
        boolean enough = shortOf(instances, wanted).isEmpty();
        List<String> others = instances.stream()
                .filter(each -> !(each.isReady() && each.isIn(leader.run())))
                .map(Surveying::describe)
                .limit(MOST_NAMED)
                .toList();
        String all = String.join(", ", why) + "; " + TimeUnit.NANOSECONDS.toMillis(nowNanos - sinceNanos)
                + " ms after the term began, others are " + others;
        return new Survey.Broken(all, enough ? wanted : last);
    }

    private static String describe(Instance each) {
        if (!each.isConnected()) {
            return each + ", whose connection broke";
        }
        if (!each.isReady()) {
            return each + ", who has not said yet what it holds";
        }
        return each
                + each.held()
                        .map(held -> " with " + held.replica() + " of run "
                                + held.fence().run())
                        .orElse(" with nothing");
    }

    /** What is waited for, for people. */
    List<String> waiting(Collection<Instance> instances, PipelineDescription wanted) {
        return shortOf(instances, leader.run() == 0 ? wanted : last);
    }

    /** Stages that have fewer processes than replicas, with a sentence for people. */
    static List<String> shortOf(Collection<Instance> instances, PipelineDescription wanted) {
        Map<String, Integer> ready = new HashMap<>();
        instances.stream()
                .filter(each -> each.isReady() && !each.isDeparting() && each.fits(wanted))
                .forEach(each -> ready.merge(each.stage(), 1, Integer::sum));
        List<String> waiting = new ArrayList<>();
        for (StageDescription stage : wanted.stages()) {
            int there = ready.getOrDefault(stage.name(), 0);
            if (there < stage.replicas()) {
                waiting.add(sentence(stage.name(), there, stage.replicas()));
            }
        }
        return waiting;
    }

    static String sentence(String stage, long there, int wanted) {
        return "stage " + stage + " has " + there + " of " + wanted + (wanted == 1 ? " replica" : " replicas")
                + ": waiting for processes";
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

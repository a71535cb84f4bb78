package stream.weir.operator.autoscale;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The graph of a pipeline, as far as scaling has to know it.
 *
 * @param maxParallelism key groups
 * @param stages each one after those that it reads from
 */
public record PipelineShape(int maxParallelism, List<StageShape> stages) {
    /** @throws IllegalArgumentException if there is a circle, or a stage reads from one that is not there */
    public PipelineShape {
        stages = inOrder(stages);
    }

    /** How records get from a stage to the replicas of the next. */
    public enum Distribution {
        BY_KEY,
        REBALANCE,
        /** Each replica gets all records. */
        BROADCAST,
        /** From each replica to the one with the same index: both stages have as many replicas. */
        FORWARD
    }

    /** @param from name of the stage that is read from */
    public record Input(String from, Distribution distribution) {}

    /**
     * @param inputs empty for a source
     * @param writesOutside whether it has a sink
     * @param splits of a source: more replicas than those have nothing to read, for instance partitions of a topic
     */
    public record StageShape(String name, List<Input> inputs, boolean writesOutside, OptionalInt splits) {
        public StageShape {
            inputs = List.copyOf(inputs);
        }

        boolean isSource() {
            return inputs.isEmpty();
        }

        boolean isKeyed() {
            return inputs.stream().anyMatch(input -> input.distribution() == Distribution.BY_KEY);
        }
    }

    /** Stages by the first of those with which they always have equal counts of replicas; most are alone. */
    List<List<StageShape>> tied() {
        Map<String, List<StageShape>> groups = new HashMap<>();
        for (StageShape stage : stages) {
            List<StageShape> own = new ArrayList<>(List.of(stage));
            groups.put(stage.name(), own);
            for (Input input : stage.inputs()) {
                List<StageShape> other = groups.get(input.from());
                if (input.distribution() == Distribution.FORWARD
                        && other != null
                        && other != groups.get(stage.name())) {
                    other.addAll(groups.get(stage.name()));
                    other.forEach(member -> groups.put(member.name(), other));
                }
            }
        }
        Map<String, List<StageShape>> distinct = new LinkedHashMap<>();
        stages.forEach(stage -> {
            List<StageShape> group = groups.getOrDefault(stage.name(), List.of(stage));
            distinct.putIfAbsent(group.getFirst().name(), group);
        });
        return distinct.values().stream().map(List::copyOf).toList();
    }

    private static List<StageShape> inOrder(List<StageShape> given) {
        Map<String, StageShape> placed = new LinkedHashMap<>();
        List<StageShape> left = new ArrayList<>(given);
        while (!left.isEmpty()) {
            List<StageShape> ready = left.stream()
                    .filter(stage -> stage.inputs().stream().allMatch(input -> placed.containsKey(input.from())))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalArgumentException("Stages "
                        + left.stream().map(StageShape::name).toList()
                        + " read from each other in a circle, or from a stage that is not there; there is "
                        + given.stream().map(StageShape::name).toList());
            }
            ready.forEach(stage -> placed.put(stage.name(), stage));
            left.removeAll(ready);
        }
        return List.copyOf(placed.values());
    }
}

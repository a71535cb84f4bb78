package stream.weir.api.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds circles among the stages, by depth-first search; each edge that closes one is told once. */
final class CycleProblems {
    private final Pipeline pipeline;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final List<String> way = new ArrayList<>();
    private final List<Problem> found = new ArrayList<>();

    private CycleProblems(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    static List<Problem> of(Pipeline pipeline) {
        CycleProblems problems = new CycleProblems(pipeline);
        List<Stage> stages = pipeline.stages();
        for (int i = 0; i < stages.size(); i++) {
            problems.indexes.putIfAbsent(stages.get(i).name(), i);
        }
        stages.forEach(stage -> problems.visit(stage.name()));
        return problems.found;
    }

    /** Goes against the stream: from a stage to those that it reads. */
    private void visit(String name) {
        Integer index = indexes.get(name);
        if (index == null || done.contains(name)) {
            return;
        }
        way.add(name);
        List<Input> inputs = pipeline.stages().get(index).inputs();
        for (int i = 0; i < inputs.size(); i++) {
            String from = inputs.get(i).from();
            if (way.contains(from)) {
                found.add(new Problem(
                        "stages[" + index + "].inputs[" + i + "].from", from, "closes a circle: " + circle(from)));
            } else {
                visit(from);
            }
        }
        way.removeLast();
        done.add(name);
    }

    /** In the direction of the stream. */
    private String circle(String from) {
        List<String> names =
                new ArrayList<>(way.subList(way.indexOf(from), way.size()).reversed());
        names.addFirst(from);
        return String.join(" → ", names) + "; records would never come to an end, let one of them read something else";
    }
}

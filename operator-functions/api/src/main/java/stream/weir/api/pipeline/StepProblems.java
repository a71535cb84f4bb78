package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with the steps of one stage. */
final class StepProblems {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final Stage stage;
    private final List<Problem> found = new ArrayList<>();

    private StepProblems(Stage stage) {
        this.stage = stage;
    }

    /** @param path of the stage */
    static List<Problem> of(Stage stage, String path) {
        StepProblems problems = new StepProblems(stage);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < stage.steps().size(); i++) {
            Step step = stage.steps().get(i);
            String at = path + ".steps[" + i + "]";
            problems.require(!step.name().isBlank(), at + ".name", "\"" + step.name() + "\"", "is no name");
            problems.require(
                    names.add(step.name()),
                    at + ".name",
                    step.name(),
                    "is the name of an earlier step: state is found by it, choose another one");
            problems.step(at, step, i == 0);
        }
        return problems.found;
    }

    /** Whether the step keeps something for each key. */
    static boolean isKeyed(Step step) {
        return switch (step) {
            case Step.Filter<?> ignored -> false;
            case Step.Map<?, ?> ignored -> false;
            case Step.FlatMap<?, ?> ignored -> false;
            case Step.Process<?, ?> ignored -> false;
            case Step.Async<?, ?> ignored -> false;
            case Step.KeyedProcess<?, ?, ?> ignored -> true;
            case Step.TwoInput<?, ?, ?, ?> ignored -> true;
            case Step.WindowAggregate<?, ?, ?, ?, ?> ignored -> true;
            case Step.RunningAggregate<?, ?, ?, ?, ?> ignored -> true;
            case Step.Join<?, ?, ?> ignored -> true;
            case Step.Deduplicate<?, ?> ignored -> true;
        };
    }

    /** An input as steps name it: {@code stage} or {@code stage.output}. */
    static String reference(Input input) {
        return input.output().equals(Stage.MAIN) ? input.from() : input.from() + "." + input.output();
    }

    private void step(String at, Step step, boolean isFirst) {
        switch (step) {
            case Step.Async<?, ?> async -> {
                require(
                        async.capacity() >= 1,
                        at + ".capacity",
                        async.capacity(),
                        "is less than 1: no call could be made");
                positive(at + ".timeout", async.timeout());
            }
            case Step.WindowAggregate<?, ?, ?, ?, ?> aggregate -> windowAggregate(at, aggregate);
            case Step.Deduplicate<?, ?> deduplicate ->
                deduplicate.within().ifPresent(within -> positive(at + ".within", within));
            case Step.Join<?, ?, ?> join -> {
                sides(at, join.left(), join.right(), isFirst);
                switch (join.time()) {
                    case Step.JoinTime.Window(WindowSpec.Tumbling window) -> window(at + ".window", window);
                    case Step.JoinTime.Within(Duration distance) ->
                        require(!distance.isNegative(), at + ".within", distance, "is negative");
                }
            }
            case Step.TwoInput<?, ?, ?, ?> two -> sides(at, two.left(), two.right(), isFirst);
            default -> {
                // nothing in the others can be wrong
            }
        }
    }

    private void windowAggregate(String at, Step.WindowAggregate<?, ?, ?, ?, ?> aggregate) {
        window(at + ".window", aggregate.window());
        Duration lateness = aggregate.allowedLateness();
        require(!lateness.isNegative(), at + ".allowedLateness", lateness, "is negative");
        aggregate
                .lateOutput()
                .filter(output -> !stage.outputs().containsKey(output))
                .ifPresent(output -> {
                    Set<String> outputs = new TreeSet<>(stage.outputs().keySet());
                    outputs.remove(Stage.MAIN);
                    found.add(new Problem(
                            at + ".late",
                            output,
                            "is not a side output of " + stage.name() + "; those are " + outputs,
                            NearestName.of(output, outputs)));
                });
    }

    private void window(String at, WindowSpec window) {
        switch (window) {
            case WindowSpec.Tumbling(Duration size) -> positive(at + ".tumbling", size);
            case WindowSpec.Sliding(Duration size, Duration slide) -> {
                positive(at + ".sliding", size);
                positive(at + ".slide", slide);
                require(
                        slide.compareTo(size) <= 0,
                        at + ".slide",
                        slide,
                        "is longer than the window, " + size + ": records between two windows would be in none");
            }
            case WindowSpec.Session(Duration gap) -> positive(at + ".session", gap);
        }
    }

    private void sides(String at, String left, String right, boolean isFirst) {
        require(
                isFirst,
                at,
                left + " and " + right,
                "are joined by a step that is not the first one: put it into a stage of its own");
        List<String> inputs =
                stage.inputs().stream().map(StepProblems::reference).toList();
        side(at + ".left", left, inputs);
        side(at + ".right", right, inputs);
        require(!left.equals(right), at + ".right", right, "is the left input as well: a join has two");
        for (String input : inputs) {
            require(
                    input.equals(left) || input.equals(right),
                    at,
                    input,
                    "is an input of the stage, but neither left nor right");
        }
    }

    private void side(String at, String name, List<String> inputs) {
        if (!inputs.contains(name)) {
            found.add(new Problem(
                    at,
                    name,
                    "is not an input of " + stage.name() + "; those are " + inputs,
                    NearestName.of(name, inputs)));
        }
    }

    private void positive(String path, Duration value) {
        require(value.compareTo(SHORTEST) >= 0, path, value, "is less than a millisecond");
    }

    private void require(boolean holds, String path, Object value, String why) {
        if (!holds) {
            found.add(new Problem(path, value, why));
        }
    }
}

package stream.weir.api.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.SchemaText;

/** What is wrong with the inputs of one stage. */
final class InputProblems {
    private final Pipeline pipeline;
    private final Stage stage;
    private final List<Problem> found = new ArrayList<>();

    private InputProblems(Pipeline pipeline, Stage stage) {
        this.pipeline = pipeline;
        this.stage = stage;
    }

    /** @param path of the stage */
    static List<Problem> of(Pipeline pipeline, Stage stage, String path) {
        InputProblems problems = new InputProblems(pipeline, stage);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < stage.inputs().size(); i++) {
            Input input = stage.inputs().get(i);
            String at = path + ".inputs[" + i + "]";
            problems.input(at, input);
            if (!names.add(StepProblems.reference(input))) {
                problems.found.add(
                        new Problem(at + ".from", StepProblems.reference(input), "is read twice by this stage"));
            }
        }
        problems.keys(path);
        return problems.found;
    }

    private void input(String at, Input input) {
        Optional<Stage> from = pipeline.stages().stream()
                .filter(each -> each.name().equals(input.from()))
                .findFirst();
        if (from.isEmpty()) {
            unknownStage(at, input);
            return;
        }
        if (!from.get().outputs().containsKey(input.output())) {
            unknownOutput(at, input, from.get());
        }
        if (input.partitioning() instanceof Partitioning.Forward && from.get().replicas() != stage.replicas()) {
            found.add(new Problem(
                    at + ".partition",
                    "forward",
                    "goes from replica to replica, but " + input.from() + " has "
                            + from.get().replicas() + " and " + stage.name() + " has " + stage.replicas()
                            + ": use rebalance, or equal numbers"));
        }
    }

    private void unknownStage(String at, Input input) {
        List<String> names = pipeline.stages().stream()
                .map(Stage::name)
                .filter(name -> !name.equals(stage.name()))
                .toList();
        found.add(new Problem(
                at + ".from",
                input.from(),
                "is not a stage; the stages are " + names,
                NearestName.of(input.from(), names)));
    }

    private void unknownOutput(String at, Input input, Stage from) {
        Set<String> outputs = new TreeSet<>(from.outputs().keySet());
        outputs.remove(Stage.MAIN);
        if (input.output().equals(Stage.MAIN)) {
            found.add(new Problem(at + ".from", input.from(), "has no main output, only " + outputs));
            return;
        }
        found.add(new Problem(
                at + ".from",
                StepProblems.reference(input),
                "is not an output of " + input.from() + "; its side outputs are " + outputs,
                NearestName.of(input.output(), outputs).map(name -> input.from() + "." + name)));
    }

    /** Keyed steps of several replicas need every record at the replica of its key, and one kind of key. */
    private void keys(String path) {
        Optional<Step> keyed =
                stage.steps().stream().filter(StepProblems::isKeyed).findFirst();
        if (keyed.isEmpty()) {
            return;
        }
        if (stage.source().isPresent() && stage.replicas() > 1) {
            found.add(new Problem(
                    path + ".replicas", stage.replicas(), "cannot be: " + needsKeys(keyed.get(), "a source has none")));
        }
        Optional<Schema> first = Optional.empty();
        boolean mixed = stage.inputs().stream().anyMatch(input -> input.partitioning() instanceof Partitioning.ByKey);
        for (int i = 0; i < stage.inputs().size(); i++) {
            String at = path + ".inputs[" + i + "]";
            Partitioning partitioning = stage.inputs().get(i).partitioning();
            if (!(partitioning instanceof Partitioning.ByKey<?, ?> byKey)) {
                if (stage.replicas() > 1 || mixed) {
                    found.add(new Problem(
                            at + ".partition",
                            word(partitioning),
                            "cannot be: " + needsKeys(keyed.get(), "this input has none")));
                }
                continue;
            }
            Schema schema = byKey.codec().schema();
            if (first.isPresent() && !first.get().equals(schema)) {
                found.add(new Problem(
                        at + ".keyBy",
                        SchemaText.format(schema),
                        "is another type of key than " + SchemaText.format(first.get())
                                + " of the first input: equal keys must be of one type"));
            }
            first = first.or(() -> Optional.of(schema));
        }
    }

    private String needsKeys(Step step, String but) {
        return "the step " + step.name() + " needs the key of each record, and " + but
                + (stage.replicas() > 1 ? "; use keyBy, or one replica for a result over all records" : "; use keyBy");
    }

    private static String word(Partitioning partitioning) {
        return switch (partitioning) {
            case Partitioning.Forward ignored -> "forward";
            case Partitioning.Rebalance ignored -> "rebalance";
            case Partitioning.Broadcast ignored -> "broadcast";
            case Partitioning.ByKey<?, ?> ignored -> "keyBy";
        };
    }
}

package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import stream.weir.api.pipeline.Step;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowCodec;
import stream.weir.api.row.RowType;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.StepSpec;

/** Joins, and how steps of two inputs find them. */
final class JoinSteps {
    private final Problems problems;

    /** The two inputs of a step. */
    record Sides(Inflow left, Inflow right) {}

    JoinSteps(Problems problems) {
        this.problems = problems;
    }

    Optional<RowType> compile(StepSpec.Join spec, String name, List<Inflow> inflows, StepChain.Target target) {
        return sides(spec.head(), spec.left(), spec.right(), inflows).map(sides -> {
            RowType left = sides.left().rows();
            RowType right = sides.right().rows();
            RowType rows = new RowType(
                    List.of(new RowType.Column("left", left.schema()), new RowType.Column("right", right.schema())));
            target.add(new Step.Join<Row, Row, Row>(
                    name,
                    spec.left().value(),
                    spec.right().value(),
                    spec.time(),
                    spec.type(),
                    RowCodec.of(left),
                    RowCodec.of(right),
                    (l, r) -> Row.of(rows, l, r),
                    spec.head().onError().value()));
            return rows;
        });
    }

    /** The inputs of a function that names at least one. */
    Optional<Sides> sides(StepSpec.Function spec, List<Inflow> inflows) {
        if (spec.left().isEmpty() || spec.right().isEmpty()) {
            problems.add(spec.head().place(), "names both left and right, or neither");
            return Optional.empty();
        }
        return sides(spec.head(), spec.left().get(), spec.right().get(), inflows);
    }

    /** The inputs that {@code left} and {@code right} name, which are all that the stage has. */
    Optional<Sides> sides(StepSpec.Head head, Located<String> left, Located<String> right, List<Inflow> inflows) {
        Optional<Inflow> leftInput = side(left, inflows);
        Optional<Inflow> rightInput = side(right, inflows);
        if (leftInput.isEmpty() || rightInput.isEmpty()) {
            return Optional.empty();
        }
        if (left.value().equals(right.value())) {
            problems.add(right.place(), right.value(), "left and right are one and the same input");
            return Optional.empty();
        }
        if (inflows.size() != 2) {
            problems.add(
                    head.place(),
                    "a " + head.kind() + " of two inputs is in a stage of exactly two, this one has " + inflows.size()
                            + ": " + inflows.stream().map(Inflow::name).collect(Collectors.joining(", ")));
            return Optional.empty();
        }
        return Optional.of(new Sides(leftInput.get(), rightInput.get()));
    }

    private Optional<Inflow> side(Located<String> name, List<Inflow> inflows) {
        Optional<Inflow> inflow = Inflow.named(inflows, name.value());
        if (inflow.isEmpty()) {
            problems.addUnknown(
                    name.place(),
                    name.value(),
                    "this stage has no input of that name",
                    inflows.stream().map(Inflow::name).toList());
        }
        return inflow;
    }
}

package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import stream.weir.api.row.RowType;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.spec.StepSpec;

/** Functions that are somewhere else: nobody here knows what rows leave them. */
final class UnknownFunctions implements Functions {
    private final JoinSteps joins;

    UnknownFunctions(Problems problems) {
        this.joins = new JoinSteps(problems);
    }

    @Override
    public Optional<Flow> compile(StepSpec.Function spec, String name, Flow in, StepChain.Target target) {
        return Optional.empty();
    }

    /** Which inputs it has can be said all the same. */
    @Override
    public Optional<RowType> combine(
            StepSpec.Function spec, String name, List<Inflow> inflows, StepChain.Target target) {
        return joins.sides(spec, inflows).flatMap(sides -> Optional.empty());
    }
}

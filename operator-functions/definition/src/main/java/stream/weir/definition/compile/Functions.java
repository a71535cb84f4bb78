package stream.weir.definition.compile;

import java.util.List;
import java.util.Optional;
import stream.weir.api.row.RowType;
import stream.weir.definition.spec.StepSpec;

/** What becomes of steps that are Java functions. */
interface Functions {
    /** What leaves a function of one input; empty where that is not known. */
    Optional<Flow> compile(StepSpec.Function spec, String name, Flow in, StepChain.Target target);

    /** What leaves a function of two inputs; empty where that is not known. */
    Optional<RowType> combine(StepSpec.Function spec, String name, List<Inflow> inflows, StepChain.Target target);
}

package stream.weir.definition.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.api.pipeline.OnError;
import stream.weir.api.pipeline.Step.JoinTime;
import stream.weir.api.pipeline.Step.JoinType;
import stream.weir.api.pipeline.WindowSpec;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;

/** One step of a stage. */
public sealed interface StepSpec {
    Head head();

    /**
     * What all steps have.
     *
     * @param place of the step's kind
     */
    record Head(Place place, String kind, Optional<Located<String>> name, Located<OnError> onError) {}

    record Filter(Head head, ExpressionText condition) implements StepSpec {}

    record Map(Head head, List<Assignment> fields) implements StepSpec {}

    record Assignment(Located<String> field, ExpressionText value) {}

    record FlatMap(Head head, Located<String> as, ExpressionText of) implements StepSpec {}

    record Aggregate(
            Head head,
            Optional<WindowSpec> window,
            Duration allowedLateness,
            Optional<Located<String>> lateTo,
            List<AggregateField> fields)
            implements StepSpec {}

    record Join(Head head, Located<String> left, Located<String> right, JoinTime time, JoinType type)
            implements StepSpec {}

    record Deduplicate(Head head, List<Located<String>> by, Optional<Duration> within) implements StepSpec {}

    record Function(
            Head head,
            Located<String> name,
            Optional<Located<String>> left,
            Optional<Located<String>> right,
            Cursor body,
            Optional<Fields> config)
            implements StepSpec {}
}

package stream.weir.definition.spec;

import java.util.List;
import java.util.Optional;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Place;

/**
 * @param name absent where it could not be read
 * @param place of the stage's mapping
 */
public record StageSpec(
        Place place,
        Optional<Located<String>> name,
        Located<Integer> replicas,
        Optional<SourceSpec> source,
        List<InputSpec> inputs,
        List<StepSpec> steps,
        Optional<ConnectorSpec> sink,
        boolean sound) {
    /** The name for paths and messages. */
    public String label() {
        return name.map(Located::value).orElse("?");
    }
}

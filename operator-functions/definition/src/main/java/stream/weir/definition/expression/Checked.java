package stream.weir.definition.expression;

import java.util.List;
import java.util.Optional;
import stream.weir.api.codec.Schema;

/** What became of an expression when it was checked. */
public sealed interface Checked {
    /** @param type of its values, which may be null all the same */
    record Sound(Schema type, Expression expression) implements Checked {}

    /** @param faults at least one */
    record Faulty(List<Fault> faults) implements Checked {}

    /**
     * One thing that is wrong.
     *
     * @param line from 1
     * @param column from 0, in the text of the expression
     */
    record Fault(int line, int column, String reason, Optional<String> suggestion) {}
}

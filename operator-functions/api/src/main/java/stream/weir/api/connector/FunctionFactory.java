package stream.weir.api.connector;

import java.util.List;
import stream.weir.api.row.RowType;

/**
 * Makes a Java function known to pipeline files, which use it as {@code function: {name: NAME, config: {...}}}. Found by {@link
 * java.util.ServiceLoader}.
 */
public interface FunctionFactory {
    /** The name that files use. */
    String name();

    /** What {@code config} takes. */
    default List<Option> options() {
        return List.of();
    }

    /**
     * The function for rows of the types {@code inputs}: one type, or the left and the right one for a function of two inputs.
     *
     * @throws IllegalArgumentException when it cannot work with such rows; the message is a whole sentence
     */
    RowFunction create(List<RowType> inputs, Options config);
}

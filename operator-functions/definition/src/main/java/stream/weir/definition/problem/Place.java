package stream.weir.definition.problem;

/**
 * A place in a pipeline file.
 *
 * @param line from 1
 * @param column from 1, in code points
 * @param path where in the document, as {@code spec.stages[2].inputs[0].from}; empty for the document itself
 */
public record Place(int line, int column, String path) {
    /** The field {@code name} below this one, as far as its position is not known better. */
    public Place field(String name) {
        return new Place(line, column, path.isEmpty() ? name : path + "." + name);
    }

    /** The same path, some lines and columns further on. */
    public Place moved(int lines, int columns) {
        return new Place(line + lines, column + columns, path);
    }
}

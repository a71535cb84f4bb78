package stream.weir.connector.jdbc;

import java.util.Optional;

/**
 * A table as the database spells it, upper and lower case included.
 *
 * @param schema that it is in; found by the search path unless told
 */
record TableName(Optional<String> schema, String name) {
    /** {@code table} or {@code schema.table}. */
    static TableName parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new TableName(Optional.empty(), text)
                : new TableName(Optional.of(text.substring(0, dot)), text.substring(dot + 1));
    }

    /** For statements. */
    String quoted() {
        return schema.map(in -> quoted(in) + ".").orElse("") + quoted(name);
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** As it is told in a pipeline file. */
    @Override
    public String toString() {
        return schema.map(in -> in + ".").orElse("") + name;
    }
}

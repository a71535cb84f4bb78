package stream.weir.api.connector;

import java.util.List;
import java.util.Optional;

/**
 * One option of a connector as a pipeline file spells it.
 *
 * @param allowed the values allowed, for {@link Kind#ENUM}
 * @param defaultValue as it would be spelled in a file
 * @param description one sentence for the reference and for error messages
 */
public record Option(
        String name,
        Kind kind,
        boolean required,
        List<String> allowed,
        Optional<String> defaultValue,
        String description) {
    /** The form of a value. */
    public enum Kind {
        STRING,
        /** 64 bits, signed. */
        INT,
        DOUBLE,
        BOOL,
        /** {@code 500ms, 2s, 1m, 24h, 7d}. */
        DURATION,
        /** {@code 64KiB, 128MiB}; a {@code Long} of bytes. */
        SIZE,
        ENUM,
        STRING_LIST,
        /** A path, relative to the pipeline file's folder; a {@code java.nio.file.Path}. */
        PATH,
        /** Field names to type names; a {@link stream.weir.api.row.RowType}. */
        SCHEMA,
        /** Any YAML mapping; a {@code Map<String, Object>} in the order of the file. */
        MAP
    }

    public static Option required(String name, Kind kind, String description) {
        return new Option(name, kind, true, List.of(), Optional.empty(), description);
    }

    public static Option optional(String name, Kind kind, String description) {
        return new Option(name, kind, false, List.of(), Optional.empty(), description);
    }

    public static Option withDefault(String name, Kind kind, String defaultValue, String description) {
        return new Option(name, kind, false, List.of(), Optional.of(defaultValue), description);
    }

    /** An option whose first allowed value is its default. */
    public static Option oneOf(String name, List<String> allowed, String description) {
        return new Option(name, Kind.ENUM, false, List.copyOf(allowed), Optional.of(allowed.getFirst()), description);
    }
}

package stream.weir.definition.compile;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.connector.Option;
import stream.weir.api.connector.Options;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;
import stream.weir.definition.yaml.Quantities;

/** Reads the options of connectors and functions as their descriptors say. */
final class OptionReader {
    private final Path folder;
    private final SchemaReader schemas = new SchemaReader();

    /** @param folder where relative paths start */
    OptionReader(Path folder) {
        this.folder = folder;
    }

    /** Empty where there was a problem. */
    Optional<Options> read(Fields fields, List<Option> options) {
        Problems problems = fields.mapping().problems();
        int before = problems.count();
        Map<String, Object> values = new HashMap<>();
        for (Option option : options) {
            Optional<Cursor> found = option.required() ? fields.require(option.name()) : fields.find(option.name());
            found.flatMap(cursor -> value(option, cursor)).ifPresent(value -> values.put(option.name(), value));
            if (found.isEmpty()) {
                option.defaultValue().ifPresent(spelled -> values.put(option.name(), byDefault(option, spelled)));
            }
        }
        fields.rejectOthers();
        return problems.count() == before ? Optional.of(new Options(values)) : Optional.empty();
    }

    private Optional<? extends Object> value(Option option, Cursor cursor) {
        return switch (option.kind()) {
            case STRING -> cursor.scalar();
            case INT -> cursor.integer(Long.MIN_VALUE, Long.MAX_VALUE);
            case DOUBLE -> cursor.decimal();
            case BOOL -> cursor.bool();
            case DURATION -> Quantities.duration(cursor);
            case SIZE -> Quantities.size(cursor);
            case ENUM -> cursor.oneOf(words(option.allowed()));
            case STRING_LIST -> strings(cursor);
            case PATH -> path(cursor);
            case SCHEMA -> schemas.read(cursor);
            case MAP -> cursor.isMapping() ? cursor.plain() : cursor.fields();
        };
    }

    private Object byDefault(Option option, String spelled) {
        return switch (option.kind()) {
            case INT -> Long.valueOf(spelled);
            case DOUBLE -> Double.valueOf(spelled);
            case BOOL -> Boolean.valueOf(spelled);
            case DURATION -> Quantities.duration(spelled).orElseThrow(() -> badDefault(option, spelled));
            case SIZE -> Quantities.size(spelled).orElseThrow(() -> badDefault(option, spelled));
            case PATH -> folder.resolve(spelled).normalize();
            case STRING_LIST -> spelled.isEmpty() ? List.of() : List.of(spelled.split(",", -1));
            case STRING, ENUM -> spelled;
            case MAP, SCHEMA -> throw badDefault(option, spelled);
        };
    }

    private static IllegalStateException badDefault(Option option, String spelled) {
        return new IllegalStateException(
                "the option " + option.name() + " of kind " + option.kind() + " cannot have the default " + spelled);
    }

    private static Map<String, String> words(List<String> allowed) {
        Map<String, String> words = new LinkedHashMap<>();
        allowed.forEach(word -> words.put(word, word));
        return words;
    }

    private static Optional<List<String>> strings(Cursor cursor) {
        int before = cursor.problems().count();
        List<String> strings =
                cursor.items().stream().flatMap(item -> item.scalar().stream()).toList();
        return cursor.problems().count() == before ? Optional.of(strings) : Optional.empty();
    }

    private Optional<Path> path(Cursor cursor) {
        return cursor.text().flatMap(spelled -> {
            try {
                return Optional.of(folder.resolve(spelled).normalize());
            } catch (InvalidPathException e) {
                cursor.problem("is not a path: " + e.getReason());
                return Optional.empty();
            }
        });
    }
}

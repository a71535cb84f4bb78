package stream.weir.api.codec;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which schemas have the same bytes: all but the defaults of fields is equal. */
final class SchemaEquality {
    private SchemaEquality() {}

    static boolean sameBytes(Schema left, Schema right) {
        return left.equals(right) || withoutDefaults(left).equals(withoutDefaults(right));
    }

    /** Whether nothing in it refers to a type around it. */
    static boolean isClosed(Schema schema) {
        return isClosed(schema, Set.of());
    }

    private static boolean isClosed(Schema schema, Set<String> within) {
        return switch (schema) {
            case Schema.Primitive ignored -> true;
            case Schema.EnumOf ignored -> true;
            case Schema.Opaque ignored -> true;
            case Schema.Nullable nullable -> isClosed(nullable.of(), within);
            case Schema.ListOf list -> isClosed(list.element(), within);
            case Schema.MapOf map -> isClosed(map.key(), within) && isClosed(map.value(), within);
            case Schema.Struct struct -> {
                Set<String> inside = with(within, struct.name());
                yield struct.fields().stream().allMatch(field -> isClosed(field.type(), inside));
            }
            case Schema.Union union -> {
                Set<String> inside = with(within, union.name());
                yield union.variants().stream().allMatch(variant -> isClosed(variant, inside));
            }
            case Schema.Reference reference -> within.contains(reference.name());
        };
    }

    private static Set<String> with(Set<String> names, String name) {
        return Stream.concat(names.stream(), Stream.of(name)).collect(Collectors.toUnmodifiableSet());
    }

    private static Schema withoutDefaults(Schema schema) {
        return switch (schema) {
            case Schema.Nullable nullable -> new Schema.Nullable(withoutDefaults(nullable.of()));
            case Schema.ListOf list -> new Schema.ListOf(withoutDefaults(list.element()));
            case Schema.MapOf map -> new Schema.MapOf(withoutDefaults(map.key()), withoutDefaults(map.value()));
            case Schema.Struct struct -> withoutDefaults(struct);
            case Schema.Union union -> {
                List<Schema.Struct> variants = union.variants().stream()
                        .map(SchemaEquality::withoutDefaults)
                        .toList();
                yield new Schema.Union(union.name(), variants);
            }
            case Schema.Primitive other -> other;
            case Schema.EnumOf other -> other;
            case Schema.Opaque other -> other;
            case Schema.Reference other -> other;
        };
    }

    private static Schema.Struct withoutDefaults(Schema.Struct struct) {
        return new Schema.Struct(
                struct.name(),
                struct.fields().stream()
                        .map(field -> new Schema.Field(field.name(), withoutDefaults(field.type()), Optional.empty()))
                        .toList());
    }
}

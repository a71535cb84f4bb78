package stream.weir.api.codec;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The types around a place in a schema that is being made: a type that contains itself becomes a {@link Schema.Reference} there.
 * For generated codecs. Immutable.
 */
public final class SchemaScope {
    /** Around nothing. */
    public static final SchemaScope TOP = new SchemaScope(Map.of());

    private final Map<String, Class<?>> enclosing;

    private SchemaScope(Map<String, Class<?>> enclosing) {
        this.enclosing = enclosing;
    }

    /**
     * The schema of a record here.
     *
     * @throws IllegalStateException when another type of the same simple name encloses this place
     */
    public Schema struct(Class<?> type, Function<SchemaScope, List<Schema.Field>> fields) {
        SchemaScope within = with(type);
        return within == this ? new Schema.Reference(type.getSimpleName()) : variant(type, fields);
    }

    /** As {@link #struct}, for a variant of a union, which is spelled out even where the record encloses the union. */
    public Schema.Struct variant(Class<?> type, Function<SchemaScope, List<Schema.Field>> fields) {
        return new Schema.Struct(type.getSimpleName(), List.copyOf(fields.apply(with(type))));
    }

    /** The schema of a sealed interface here; errors as in {@link #struct}. */
    public Schema union(Class<?> type, Function<SchemaScope, List<Schema.Struct>> variants) {
        SchemaScope within = with(type);
        return within == this
                ? new Schema.Reference(type.getSimpleName())
                : new Schema.Union(type.getSimpleName(), List.copyOf(variants.apply(within)));
    }

    /** This scope itself where the type is in it already. */
    private SchemaScope with(Class<?> type) {
        Class<?> there = enclosing.get(type.getSimpleName());
        if (there == type) {
            return this;
        }
        if (there != null) {
            throw new IllegalStateException(type.getName() + " is part of " + there.getName()
                    + ", and both have the same simple name, by which schemas tell types apart: rename one of them");
        }
        Map<String, Class<?>> more = new HashMap<>(enclosing);
        more.put(type.getSimpleName(), type);
        return new SchemaScope(Map.copyOf(more));
    }
}

package stream.weir.runtime.state;

import java.util.Optional;
import java.util.function.Function;
import stream.weir.api.codec.Codec;
import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.SchemaText;

/**
 * Holds the type that a step declares for a table against the type under which the restored table was written. Where they differ
 * in a way that {@link Schema} allows, the whole table is rewritten at once, so that all values in a table have one schema at any
 * time. Used while a step opens, before its table is.
 */
public final class StateEvolution {
    private final KeyedStateBackend backend;
    private final Declared declared;
    private final Function<String, Optional<String>> restoredSchema;

    /** Is told what a table holds. */
    @FunctionalInterface
    public interface Declared {
        /**
         * @param table {@code step/state}
         * @param kind value, list, map, aggregating ...
         * @param schema after {@link SchemaText}
         */
        void declare(String table, String kind, String schema);
    }

    /** @param restoredSchema of a table's name; empty where no such table was restored */
    public StateEvolution(
            KeyedStateBackend backend, Declared declared, Function<String, Optional<String>> restoredSchema) {
        this.backend = backend;
        this.declared = declared;
        this.restoredSchema = restoredSchema;
    }

    /**
     * The value table of that name, its values of all panes in the form that {@code codec} writes.
     *
     * @throws StateIncompatibleException when what was restored cannot be read so
     */
    public ValueTable values(String table, String kind, Codec<?> codec) {
        ValueTable values = backend.valueTable(table);
        declare(table, kind, codec, new TableShape.Plain())
                .ifPresent(reading -> new TableMigration(reading).rewrite(values, backend.keyGroups()));
        return values;
    }

    /**
     * The ordered table of that name, its values in the form that {@code codec} writes.
     *
     * @throws StateIncompatibleException when what was restored cannot be read so
     */
    public OrderedTable entries(String table, String kind, Codec<?> codec, TableShape shape) {
        OrderedTable entries = backend.orderedTable(table);
        declare(table, kind, codec, shape)
                .ifPresent(reading -> new TableMigration(reading).rewrite(entries, backend.keyGroups()));
        return entries;
    }

    /** @return the codec that reads what is there and writes what should be, where these differ */
    private Optional<Codec<?>> declare(String table, String kind, Codec<?> codec, TableShape shape) {
        String now = SchemaText.format(shape.of(codec.schema()));
        declared.declare(table, kind, now);
        Optional<String> written = restoredSchema.apply(table).filter(text -> !text.equals(now));
        if (written.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(codec.reading(shape.valuesOf(SchemaText.parse(written.get()))));
        } catch (IncompatibleSchemaException e) {
            throw new StateIncompatibleException(table, written.get(), now, e);
        }
    }
}

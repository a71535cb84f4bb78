package stream.weir.runtime.state;

import stream.weir.api.codec.IncompatibleSchemaException;
import stream.weir.api.codec.Schema;
import stream.weir.api.codec.SchemaText;

/** How the schema of a table is made of that of its values. */
public sealed interface TableShape {
    /** The table's schema. */
    Schema of(Schema values);

    /**
     * The schema of the values of a table that was written with this schema.
     *
     * @throws IncompatibleSchemaException when the table had another shape
     */
    Schema valuesOf(Schema written);

    /** The values alone matter: keys are the pipeline's. */
    record Plain() implements TableShape {
        @Override
        public Schema of(Schema values) {
            return values;
        }

        @Override
        public Schema valuesOf(Schema written) {
            return written;
        }
    }

    /** Values in a row for each key. */
    record Listed() implements TableShape {
        @Override
        public Schema of(Schema values) {
            return new Schema.ListOf(values);
        }

        @Override
        public Schema valuesOf(Schema written) {
            if (written instanceof Schema.ListOf(Schema element)) {
                return element;
            }
            throw new IncompatibleSchemaException("", "it was no list");
        }
    }

    /** Values by keys of their own. */
    record Mapped(Schema keys) implements TableShape {
        @Override
        public Schema of(Schema values) {
            return new Schema.MapOf(keys, values);
        }

        @Override
        public Schema valuesOf(Schema written) {
            if (!(written instanceof Schema.MapOf(Schema key, Schema value))) {
                throw new IncompatibleSchemaException("", "it was no map");
            }
            if (!key.equals(keys)) {
                throw new IncompatibleSchemaException(
                        "",
                        "its keys were " + SchemaText.format(key) + " and would become " + SchemaText.format(keys)
                                + ", but the keys of a map cannot change");
            }
            return value;
        }
    }
}

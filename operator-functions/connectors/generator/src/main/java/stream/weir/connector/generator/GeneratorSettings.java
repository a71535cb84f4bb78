package stream.weir.connector.generator;

import java.util.Map;
import java.util.OptionalLong;
import stream.weir.api.row.RowType;

/**
 * What a generator makes.
 *
 * @param fields in the order of the row
 * @param count records in all; without end where absent
 * @param splits how the records are divided: the record {@code i} belongs to the split {@code i % splits}
 */
record GeneratorSettings(Map<String, FieldRule> fields, OptionalLong count, long seed, int splits) {
    /** Enough to keep dozens of replicas evenly busy, few enough for a checkpoint to hold their positions. */
    static final int DEFAULT_SPLITS = 32;

    RowType rows() {
        return new RowType(fields.entrySet().stream()
                .map(field ->
                        new RowType.Column(field.getKey(), field.getValue().type()))
                .toList());
    }

    /** The first index that no record has. */
    long end() {
        return count.orElse(Long.MAX_VALUE);
    }
}

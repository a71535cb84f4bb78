package stream.weir.api.pipeline;

import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema.Primitive;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/**
 * What the output {@link Stage#DEAD_LETTERS} carries.
 *
 * @param error what went wrong
 * @param step the step that failed; {@code source} for the source
 * @param position where the record came from, for people: file and line, partition and offset
 * @param raw the record's bytes: as they were read, or as they are encoded between the steps
 */
public record DeadLetter(String error, String step, String position, Bytes raw) {
    /** The type of the rows that dead letters are as. */
    public static final RowType ROWS = new RowType(List.of(
            new RowType.Column("error", Primitive.STRING),
            new RowType.Column("step", Primitive.STRING),
            new RowType.Column("position", Primitive.STRING),
            new RowType.Column("raw", Primitive.BYTES)));

    public Row row() {
        return Row.of(ROWS, error, step, position, raw);
    }
}

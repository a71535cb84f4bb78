package stream.weir.api.pipeline;

import java.util.List;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.Schema;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;

/** The rows of the side output {@link Stage#DEAD_LETTERS}, whatever the type of the stage's records. */
public final class DeadLetters {
    /**
     * What went wrong ({@code error}), the name of the step, or of the source ({@code step}), where the record came from or
     * what time it had ({@code position}), and the record as it was read, or its text ({@code raw}).
     */
    public static final RowType ROW_TYPE = new RowType(List.of(
            new RowType.Column("error", Schema.Primitive.STRING),
            new RowType.Column("step", Schema.Primitive.STRING),
            new RowType.Column("position", Schema.Primitive.STRING),
            new RowType.Column("raw", Schema.Primitive.BYTES)));

    private DeadLetters() {}

    public static Row row(String error, String step, String position, Bytes raw) {
        return Row.of(ROW_TYPE, error, step, position, raw);
    }
}

package stream.weir.api.connector;

import java.util.List;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;

/** A kind of sink for pipeline files. */
public interface SinkConnector {
    /** The key under {@code sink}, for instance {@code file}. */
    String type();

    List<Option> options();

    /** What can only be said of options together, and of the rows: each entry is a whole sentence. */
    default List<String> problems(Options options, RowType rows) {
        return List.of();
    }

    Sink<Row> create(Options options, RowType rows);
}

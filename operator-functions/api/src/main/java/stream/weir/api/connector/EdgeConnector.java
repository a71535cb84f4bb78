package stream.weir.api.connector;

import java.util.List;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.sink.Sink;
import stream.weir.api.source.Source;

/**
 * What an edge of a pipeline file may run over instead of a connection, so that the stages above and below it fail, go back and take
 * checkpoints on their own. Rows come out with their event time, and with the watermarks of the stage above; those of one key, where
 * there is a key, in their order. Found by {@link java.util.ServiceLoader}.
 */
public interface EdgeConnector {
    /** The key under {@code durable}, for instance {@code kafka}. */
    String type();

    List<Option> options();

    /** What can only be said of options together, and of the rows: each entry is a whole sentence. */
    default List<String> problems(Options options, RowType rows) {
        return List.of();
    }

    /** Where the stage above writes; the same for all stages that read it with equal options. */
    Sink<Row> sink(Options options, RowType rows);

    /** What a stage below reads. It ends when the stage above has. */
    Source<Row> source(Options options, RowType rows);
}

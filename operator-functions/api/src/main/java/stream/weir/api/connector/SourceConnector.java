package stream.weir.api.connector;

import java.util.List;
import stream.weir.api.row.Row;
import stream.weir.api.row.RowType;
import stream.weir.api.source.Source;

/** A kind of source for pipeline files. */
public interface SourceConnector {
    /** The key under {@code source}, for instance {@code file}. */
    String type();

    List<Option> options();

    /** What can only be said of options together: each entry is a whole sentence. Empty when {@link #create} will work. */
    default List<String> problems(Options options) {
        return List.of();
    }

    /** The type of the rows that {@link #create}'s source yields. */
    RowType rowType(Options options);

    Source<Row> create(Options options);
}

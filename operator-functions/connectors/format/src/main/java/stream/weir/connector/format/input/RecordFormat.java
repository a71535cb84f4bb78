package stream.weir.connector.format.input;

import java.io.IOException;
import stream.weir.api.row.Row;
import stream.weir.api.source.SourceOutput;

/** How a file's bytes are records. */
public interface RecordFormat {
    /**
     * Begins to read a file, or goes on.
     *
     * @param file closed with what is returned, or when this fails
     * @param position {@link SplitPosition#START} for a file not read before
     * @throws UnreadableFileException when the file is not what the schema or the position says
     */
    RecordFile open(RawFile file, SplitPosition position, SourceOutput.Split<Row> out) throws IOException;
}

package stream.weir.connector.format.input;

import java.io.IOException;
import stream.weir.api.source.SourceReader.Status;

/** A file being read. */
public interface RecordFile extends AutoCloseable {
    /** Emits at most so many records; {@link Status#END} where the file has no more. */
    Status read(int records) throws IOException;

    /** Behind the last record emitted. */
    SplitPosition position();

    @Override
    void close() throws IOException;
}

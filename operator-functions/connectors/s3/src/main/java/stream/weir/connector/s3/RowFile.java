package stream.weir.connector.s3;

import java.io.IOException;
import java.nio.file.Path;
import stream.weir.api.row.Row;

/** A file of rows on local disk, before it is an object. One thread at a time. */
interface RowFile {
    Path path();

    void write(Row row) throws IOException;

    /** Bytes so far, about. */
    long length();

    /** Ends the file; nothing is written behind that. */
    void finish() throws IOException;
}

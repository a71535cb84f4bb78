package stream.weir.runtime.sink;

import java.io.IOException;
import java.nio.file.Path;
import stream.weir.protocol.checkpoint.StoredObject;

/** Where files go that a writer gives to a checkpoint. Safe for use by any number of threads. */
public interface SnapshotFiles {
    /** Stores a file under a new, unique name; durable when it returns. */
    StoredObject store(Path file) throws IOException;
}

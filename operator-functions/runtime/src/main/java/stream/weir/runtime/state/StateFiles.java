package stream.weir.runtime.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collection;
import stream.weir.protocol.checkpoint.StoredObject;

/** The store as backends see it. Safe for use by any number of threads. */
public interface StateFiles {
    /**
     * Whether a file of that name is never changed once it is whole, so that it may have several names and be shared: tables of RocksDB,
     * and changes beside them.
     */
    static boolean isFinal(String name) {
        return name.endsWith(".sst") || name.endsWith(".changes");
    }

    /** Stores a file under a new, unique name; durable when it returns. */
    StoredObject store(Path file) throws IOException;

    /** Stores bytes under a new, unique name; durable when it returns. */
    StoredObject store(byte[] content) throws IOException;

    /**
     * Opens an object. Reading to the end checks length and checksum: a mismatch is an error that names the object, expected and
     * found.
     */
    InputStream open(StoredObject object) throws IOException;

    /** Copies an object to a file, checked as by {@link #open}. */
    void fetch(StoredObject object, Path target) throws IOException;

    /** A file that was stored before is needed again; for whoever keeps copies. */
    default void keep(StoredObject object, Path file) {}

    /** All that a checkpoint refers to is stored; for whoever keeps copies. */
    default void stored(long checkpoint, Collection<StoredObject> objects) {}

    /** What worked with these files has failed, which may be their fault; whoever keeps copies checks them again before they are used. */
    default void doubt() {}

    /** The checkpoint is complete: nobody goes back to an earlier one. */
    default void completed(long checkpoint) {}
}

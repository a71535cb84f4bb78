package stream.weir.api.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import stream.weir.api.codec.Bytes;

/** What a writer is told when it opens. */
public interface SinkContext {
    String pipeline();

    String stage();

    /** Index of this replica, from 0. */
    int replica();

    int replicas();

    /** The run: grows with every start and every roll-back; makes names unique. */
    long run();

    /**
     * The transactions of all replicas that the restored checkpoint names. They count as committed: the runtime has them
     * committed (again, where need be) before the first record, by one replica each. What an earlier run prepared beyond them
     * is to be dropped.
     */
    List<Bytes> restored();

    /** A folder on local disk for this replica and run, empty at first; gone when the run is. */
    default Path folder() {
        throw new UnsupportedOperationException("this context has no folder");
    }

    /**
     * Opens a file that a {@link SinkWriter.Prepared} of any replica gave to the restored checkpoint. Reading it to its end checks
     * length and checksum.
     *
     * @param name of the file in the folder where it was written
     * @throws IOException also when the checkpoint has no such file
     */
    default InputStream restoredFile(String name) throws IOException {
        throw new IOException("the restored checkpoint has no file " + name + " of a sink");
    }

    /** Whether the replica was told to end: a call that waits for something outside then gives up. Any thread. */
    default boolean stopping() {
        return false;
    }

    default InstantSource clock() {
        throw new UnsupportedOperationException("this context has no clock");
    }
}

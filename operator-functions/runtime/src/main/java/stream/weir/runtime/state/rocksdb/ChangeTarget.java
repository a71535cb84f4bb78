package stream.weir.runtime.state.rocksdb;

import java.io.IOException;

/** Where what is new in the cache goes, in the order in which it came about. Used by one piece of work at a time. */
interface ChangeTarget {
    /** @param batch in RocksDB's form, see {@link BatchBytes} */
    void write(byte[] batch) throws IOException;

    /**
     * Removes all keys of a pane.
     *
     * @param family of its table
     * @param prefix that all keys of the pane begin with
     */
    void removePane(int family, byte[] prefix) throws IOException;
}

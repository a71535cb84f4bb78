package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import stream.weir.runtime.state.FullDisk;

/** Says whose state it was, where it is and what RocksDB said. */
record RocksDbErrors(String scope, Path folder) {

    IOException failed(String attempt, RocksDBException cause) {
        Status status = cause.getStatus();
        String code = status == null ? "unknown status" : status.getCodeString();
        String said = "Cannot " + attempt + " the state of " + scope + " in " + folder + ": RocksDB says " + code + " ("
                + cause.getMessage() + ")";
        boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        return new IOException(said + (full ? FullDisk.sentence(folder) : FullDisk.sentenceFor(cause, folder)), cause);
    }

    UncheckedIOException unchecked(String attempt, RocksDBException cause) {
        return new UncheckedIOException(failed(attempt, cause));
    }

    IOException failed(String attempt, Throwable cause) {
        return cause instanceof RocksDBException rocks
                ? failed(attempt, rocks)
                : new IOException(
                        "Cannot " + attempt + " the state of " + scope + " in " + folder + ": " + cause.getMessage()
                                + FullDisk.sentenceFor(cause, folder),
                        cause);
    }

    IllegalStateException closed() {
        return new IllegalStateException(
                "The state of " + scope + " in " + folder + " is closed: it cannot be used any more");
    }
}

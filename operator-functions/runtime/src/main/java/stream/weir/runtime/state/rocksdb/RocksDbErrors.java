package stream.weir.runtime.state.rocksdb;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Says whose state it was, where it is and what RocksDB said. */
record RocksDbErrors(String scope, Path folder) {

    IOException failed(String attempt, RocksDBException cause) {
        Status status = cause.getStatus();
        String code = status == null ? "unknown status" : status.getCodeString();
        String said = "Cannot " + attempt + " the state of " + scope + " in " + folder + ": RocksDB says " + code + " ("
                + cause.getMessage() + ")";
        return new IOException(isFull(status, cause) ? said + ". " + space() : said, cause);
    }

    UncheckedIOException unchecked(String attempt, RocksDBException cause) {
        return new UncheckedIOException(failed(attempt, cause));
    }

    IOException failed(String attempt, Throwable cause) {
        return cause instanceof RocksDBException rocks
                ? failed(attempt, rocks)
                : new IOException(
                        "Cannot " + attempt + " the state of " + scope + " in " + folder + ": " + cause.getMessage(),
                        cause);
    }

    IllegalStateException closed() {
        return new IllegalStateException(
                "The state of " + scope + " in " + folder + " is closed: it cannot be used any more");
    }

    private static boolean isFull(@Nullable Status status, RocksDBException cause) {
        return status != null && status.getSubCode() == Status.SubCode.NoSpace
                || String.valueOf(cause.getMessage()).contains("No space left");
    }

    private String space() {
        File file = folder.toFile();
        return "The disk is full: " + file.getUsableSpace() + " bytes of " + file.getTotalSpace() + " are free at "
                + folder + ". Give it more room, or the stage more replicas on other nodes";
    }
}

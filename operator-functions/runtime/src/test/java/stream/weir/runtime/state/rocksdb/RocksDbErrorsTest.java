package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class RocksDbErrorsTest {
    private final RocksDbErrors errors = new RocksDbErrors("orders/by-carrier-0", Path.of("/"));

    @Test
    void when_the_disk_is_full_then_the_error_says_so_with_the_bytes_that_are_free() {
        RocksDBException cause = new RocksDBException(
                "No space left on device", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "x.sst"));

        assertThat(errors.failed("write", cause))
                .hasMessageContainingAll(
                        "Cannot write the state of orders/by-carrier-0 in /", "IOError", "disk is full")
                .hasMessageMatching("(?s).*\\d+ bytes of \\d+ are free at /.*")
                .hasCause(cause);
    }

    @Test
    void when_rocksdb_fails_otherwise_then_the_error_has_its_status_and_message() {
        RocksDBException cause = new RocksDBException(
                "block checksum mismatch", new Status(Status.Code.Corruption, Status.SubCode.None, ""));

        assertThat(errors.failed("read", cause))
                .hasMessage("Cannot read the state of orders/by-carrier-0 in /: RocksDB says Corruption"
                        + " (block checksum mismatch)");
    }
}

package stream.weir.runtime.state.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.rocksdb.CopiesAhead.Copy;
import stream.weir.runtime.state.rocksdb.CopiesAhead.Source;
import stream.weir.runtime.state.rocksdb.TableCopy.Copied;

class CopiesAheadTest {
    private static final Source SOURCE = new Source(
            Set.of(new RocksDbFile("000001.sst", new StoredObject("files/1", 1, 1))), new KeyGroupRange(0, 1));

    private final CopiesAhead copies = new CopiesAhead();
    private final Copy copy = new Copy(SOURCE, Path.of("nowhere"), new Copied(Map.of(), Map.of()));

    @Test
    void when_a_copy_is_ready_then_it_is_taken_once() {
        // when
        boolean kept = copies.add(copy, () -> true);
        // then
        assertThat(kept).isTrue();
        assertThat(copies.take(SOURCE)).contains(copy);
        assertThat(copies.take(SOURCE)).isEmpty();
    }

    @Test
    void when_a_copy_is_ready_after_another_request_has_looked_then_it_is_not_kept() {
        // when
        boolean kept = copies.add(copy, () -> false);
        // then
        assertThat(kept).isFalse();
        assertThat(copies.has(SOURCE)).isFalse();
    }
}

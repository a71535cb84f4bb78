package stream.weir.runtime.state.memory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import stream.weir.runtime.state.StateBackendContract;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.StateCapture;
import stream.weir.runtime.state.StateModel;
import stream.weir.runtime.state.StateTooLargeException;
import stream.weir.runtime.state.ValueTable;

final class MemoryBackendTest extends StateBackendContract {
    @Override
    protected StateBackendFactory factory() {
        return new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES);
    }

    @Test
    void when_state_is_larger_than_the_limit_then_the_error_says_so_and_what_to_do() throws IOException {
        StateModel state = empty();
        for (int i = 0; i < 6; i++) {
            state.put(V, 3, ValueTable.NO_PANE, "large" + i, "v".repeat(1 << 20));
        }
        StateCapture capture = state.backend().capture(1);

        assertThatThrownBy(() -> capture.store(files))
                .isInstanceOf(StateTooLargeException.class)
                .hasMessageContaining("STATE_TOO_LARGE")
                .hasMessageContaining("orders/by-carrier-0")
                .hasMessageContaining("5,242,880")
                .hasMessageContaining("6,291,")
                .hasMessageContaining("Filesystem or RocksDB");
    }
}

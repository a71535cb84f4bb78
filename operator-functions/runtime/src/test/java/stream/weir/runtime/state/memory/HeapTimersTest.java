package stream.weir.runtime.state.memory;

import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.TimersContract;

final class HeapTimersTest extends TimersContract {
    @Override
    protected StateBackendFactory factory() {
        return new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES);
    }
}

package stream.weir.runtime.state.memory;

import stream.weir.runtime.state.KeyedStatesContract;
import stream.weir.runtime.state.StateBackendFactory;

final class HeapKeyedStatesTest extends KeyedStatesContract {
    @Override
    protected StateBackendFactory factory() {
        return new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES);
    }
}

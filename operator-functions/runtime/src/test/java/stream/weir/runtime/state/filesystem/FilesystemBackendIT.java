package stream.weir.runtime.state.filesystem;

import stream.weir.runtime.state.StateBackendContract;
import stream.weir.runtime.state.StateBackendFactory;

final class FilesystemBackendIT extends StateBackendContract {
    @Override
    protected StateBackendFactory factory() {
        return new FilesystemBackendFactory();
    }
}

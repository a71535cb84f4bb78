package stream.weir.runtime.state.rocksdb;

import org.junit.jupiter.api.extension.RegisterExtension;
import stream.weir.runtime.state.StateBackendContract;
import stream.weir.runtime.state.StateBackendFactory;

/** The contract of backends, to be run with several settings. */
abstract class RocksDbContract extends StateBackendContract {
    @RegisterExtension
    private static final RocksDbResources ROCKSDB = new RocksDbResources();

    private final RocksDbConfig config;

    RocksDbContract(RocksDbConfig config) {
        this.config = config;
    }

    @Override
    protected StateBackendFactory factory() {
        return ROCKSDB.factory(config);
    }
}

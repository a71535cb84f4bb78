package stream.weir.runtime.state.rocksdb;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import stream.weir.runtime.state.StateBackendContract;
import stream.weir.runtime.state.StateBackendFactory;

/** The contract of backends, to be run with several settings. */
abstract class RocksDbContract extends StateBackendContract {
    private static RocksDbMemory memory;
    private static ExecutorService pool;

    private final RocksDbConfig config;

    RocksDbContract(RocksDbConfig config) {
        this.config = config;
    }

    @BeforeAll
    static void openMemory() {
        memory = RocksDbMemory.of(32 << 20);
        pool = Executors.newFixedThreadPool(2);
    }

    @AfterAll
    static void closeMemory() {
        pool.shutdownNow();
        memory.close();
    }

    @Override
    protected StateBackendFactory factory() {
        return new RocksDbStateBackendFactory(config, memory, pool, System::nanoTime, InstantSource.system());
    }
}

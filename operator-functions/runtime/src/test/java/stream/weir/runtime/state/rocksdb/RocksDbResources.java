package stream.weir.runtime.state.rocksdb;

import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the backends of a test class share, as those of a process do: memory and two threads. To be a static field of the class. */
final class RocksDbResources implements BeforeAllCallback, AfterAllCallback {
    private @Nullable RocksDbMemory memory;
    private @Nullable ExecutorService pool;

    @Override
    public void beforeAll(ExtensionContext context) {
        memory = RocksDbMemory.of(32 << 20);
        pool = Executors.newFixedThreadPool(2);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        pool().shutdownNow();
        memory().close();
    }

    RocksDbMemory memory() {
        return Objects.requireNonNull(memory);
    }

    ExecutorService pool() {
        return Objects.requireNonNull(pool);
    }

    /** Of backends whose work is done by the two threads. */
    RocksDbStateBackendFactory factory(RocksDbConfig config) {
        return factory(config, pool());
    }

    RocksDbStateBackendFactory factory(RocksDbConfig config, Executor background) {
        return new RocksDbStateBackendFactory(config, memory(), background, System::nanoTime, InstantSource.system());
    }
}

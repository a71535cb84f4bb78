package stream.weir.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;

/** Read and write of a random key's value in RocksDB: all keys in the write-back cache, or nearly all of them evicted from it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RocksDbStateBenchmark {
    private static final long MIB = 1 << 20;

    @Param({"CACHED", "EVICTED"})
    Values values = Values.CACHED;

    @Param("1000000")
    long keys;

    /** Where values are when they are read. */
    public enum Values {
        CACHED(512 * MIB),
        EVICTED(2 * MIB);

        private final long cacheBytes;

        Values(long cacheBytes) {
            this.cacheBytes = cacheBytes;
        }
    }

    @SuppressWarnings("NullAway.Init") // set by setup, as the following
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RocksDbMemory memory;

    @SuppressWarnings("NullAway.Init")
    private ExecutorService background;

    @SuppressWarnings("NullAway.Init")
    private KeyedUpdates updates;

    @Setup
    public void setup() throws IOException {
        folder = Files.createTempDirectory("rocksdb-benchmark");
        memory = RocksDbMemory.of(RocksDbMemory.DEFAULT_BYTES);
        background = Executors.newCachedThreadPool();
        RocksDbConfig config = RocksDbConfig.DEFAULT.withCacheBytes(values.cacheBytes);
        updates = KeyedUpdates.over(
                new RocksDbStateBackendFactory(config, memory, background, System::nanoTime, InstantSource.system()),
                folder.resolve("state"),
                keys);
    }

    @TearDown
    public void tearDown() throws IOException {
        updates.close();
        background.close();
        memory.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public long update() {
        return updates.next();
    }
}

package stream.weir.benchmarks.micro;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import stream.weir.runtime.state.memory.MemoryBackendFactory;

/** Read and write of a random key's value on the heap. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HeapStateBenchmark {
    @Param("1000000")
    long keys;

    @SuppressWarnings("NullAway.Init") // set by setup
    private KeyedUpdates updates;

    @Setup
    public void setup() throws IOException {
        updates = KeyedUpdates.over(
                new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES), Path.of("unused"), keys);
    }

    @TearDown
    public void tearDown() {
        updates.close();
    }

    @Benchmark
    public long update() {
        return updates.next();
    }
}

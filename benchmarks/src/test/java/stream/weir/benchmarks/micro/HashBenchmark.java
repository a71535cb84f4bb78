package stream.weir.benchmarks.micro;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import stream.weir.protocol.keygroup.KeyHash;

/** The hash of an encoded key. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HashBenchmark {
    @Param({"8", "20", "100"})
    int bytes;

    private byte[] key = {};

    @Setup
    public void setup() {
        key = new byte[bytes];
        new Random(1).nextBytes(key);
    }

    @Benchmark
    public long hash() {
        return KeyHash.of(key, 0, key.length);
    }
}

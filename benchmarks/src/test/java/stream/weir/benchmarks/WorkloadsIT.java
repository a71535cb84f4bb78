package stream.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.benchmarks.workload.Workloads;

/** The checksums and rows that an independent implementation of the workloads gives. */
class WorkloadsIT {
    private static final int MIB = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "w1,  uniform, FILESYSTEM, 200000,      0, 22e8c630360a1363, 150229",
        "w2,  uniform, FILESYSTEM, 200000,      0, 1726107d99a2a169, 200000",
        "w3,  uniform, FILESYSTEM, 200000,  50000, af6189a1526ba1d0,  49091",
        "w4,  uniform, ROCKSDB,    150000,  50000, 39a5c6661bfd3cf3,  50000",
        "w4,  zipf,    ROCKSDB,    150000,  50000, d1f250c600f1bd29,  50000",
        "w4,  uniform, FILESYSTEM, 150000,  50000, 39a5c6661bfd3cf3,  50000",
        "w4,  zipf,    FILESYSTEM, 150000,  50000, d1f250c600f1bd29,  50000",
        "q5,  uniform, FILESYSTEM, 2500000,     0, f83aeb6d08bc9108,     17",
        "q5p, uniform, ROCKSDB,    2500000,     0, f83aeb6d08bc9108,     17",
        "q7,  uniform, FILESYSTEM, 2500000,     0, 44c54e26b3343027,      3",
        "q8,  uniform, FILESYSTEM, 2500000,     0, 54e211abdab73085,  33614"
    })
    void when_a_workload_has_run_then_checksum_and_rows_are_those_of_the_reference(
            String name,
            String distribution,
            StateConfig.Backend backend,
            long records,
            long keys,
            String checksum,
            long rows)
            throws Exception {
        // A cache of 1 MiB: keys are written back, evicted and read again.
        WorkloadRun run = new WorkloadRun(new WorkloadOptions(
                name,
                new Workloads.Size(records, keys, distribution.equals("zipf"), OptionalLong.empty()),
                backend,
                16L << MIB,
                1L << MIB,
                Duration.ofMillis(500),
                Map.of()));

        WorkloadRun.Result result = run.in(folder);

        assertThat(result.checksum().hex()).isEqualTo(checksum);
        assertThat(result.checksum().rows()).isEqualTo(rows);
        assertThat(result.cost().nanos()).isPositive();
    }
}

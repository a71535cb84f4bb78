package stream.weir.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.benchmarks.ResultLine;
import stream.weir.benchmarks.WorkloadOptions;

/** The checksums of the reference again, with a process for each replica. */
@Timeout(180)
class ProcessesIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "w2,  200000,     0, 1726107d99a2a169, 200000",
        "w2r, 200000,     0, 1726107d99a2a169, 200000",
        "w3,  200000, 50000, af6189a1526ba1d0,  49091"
    })
    void when_a_workload_has_run_between_processes_then_checksum_and_rows_are_those_of_the_reference(
            String name, String records, String keys, String checksum, long rows) throws Exception {
        WorkloadOptions options = WorkloadOptions.parse(
                new String[] {"--workload", name, "--records", records, "--keys", keys, "--worker-options", "-Xmx128m"
                });

        ResultLine result = RunProcesses.run(options, folder).line();

        assertThat(result.checksum()).isEqualTo(checksum);
        assertThat(result.rows()).isEqualTo(rows);
        assertThat(result.cost().cpuNanos()).isPositive();
    }
}

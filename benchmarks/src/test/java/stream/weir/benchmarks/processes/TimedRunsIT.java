package stream.weir.benchmarks.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.TimedPipelines;

/** Small runs of b6 and b8: all records come out, each once; how fast says nothing here. */
@Timeout(180)
class TimedRunsIT {
    @TempDir
    private Path folder;

    @Test
    void when_latency_was_measured_then_all_records_have_come_and_those_after_the_warm_up_count() throws Exception {
        // given
        WorkloadOptions options = options("--rate", "2000", "--warm-seconds", "1", "--seconds", "1");
        // when
        String line = RunLatency.line(options, folder);
        // then
        assertThat(line).contains("\"measured\":2000,", "\"rate\":2000,", expected(4000));
    }

    @Test
    void when_a_sink_was_slow_then_all_records_have_come_and_there_is_a_complete_checkpoint() throws Exception {
        // given
        WorkloadOptions options = options("--rate", "20000", "--seconds", "2", "--checkpoint-interval", "300");
        // when
        String line = RunBackPressure.line(options, folder);
        // then
        assertThat(line).contains("\"records\":4000,", expected(4000)).doesNotContain("\"checkpoints\":0,");
    }

    private static String expected(long records) {
        Checksum checksum = TimedPipelines.checksumOf(records);
        return "\"checksum\":\"" + checksum.hex() + "\",\"rows\":" + records;
    }

    private static WorkloadOptions options(String... given) {
        String[] all = new String[given.length + 2];
        System.arraycopy(given, 0, all, 2, given.length);
        all[0] = "--worker-options";
        all[1] = "-Xmx128m";
        return WorkloadOptions.parse(all);
    }
}

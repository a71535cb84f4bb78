package stream.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs one workload in this process and prints one line of JSON: what it did, its checksum, and what it cost.
 *
 * <p>Arguments: {@code --workload w1|w2|w3|w4|q5p|q7|q8 --records N [--keys N] [--dist uniform|zipf] [--backend
 * memory|filesystem|rocksdb] [--state-mb N] [--cache-mb N] [--checkpoint-interval MILLIS]}.
 * Seconds and processor seconds are those of the {@linkplain stream.weir.benchmarks.workload.MeasuredPart measured part}, where
 * they are not called those of the process.
 */
public final class RunWorkload {
    private RunWorkload() {}

    public static void main(String[] arguments) throws Exception {
        WorkloadRun run = new WorkloadRun(WorkloadOptions.parse(arguments));
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "workload-");
        long begin = System.nanoTime();
        WorkloadRun.Result result = run.in(folder);
        System.out.println(new ResultLine(
                run.options(),
                result.checksum().hex(),
                result.checksum().rows(),
                result.checkpoints().json(),
                result.cost(),
                (System.nanoTime() - begin) / ResultLine.NANOS_PER_SECOND,
                WorkloadRun.cpuNanos() / ResultLine.NANOS_PER_SECOND,
                ResultLine.ownPeakResidentMebibytes()));
        delete(folder);
    }

    /** With all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

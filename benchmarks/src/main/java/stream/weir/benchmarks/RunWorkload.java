package stream.weir.benchmarks;

import java.nio.file.Path;

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
        OneLine.print("workload", arguments, RunWorkload::line);
    }

    private static ResultLine line(WorkloadOptions options, Path folder) throws Exception {
        WorkloadRun run = new WorkloadRun(options);
        long begin = System.nanoTime();
        WorkloadRun.Result result = run.in(folder);
        return new ResultLine(
                run.options(),
                result.checksum().hex(),
                result.checksum().rows(),
                result.checkpoints().json(),
                result.cost(),
                (System.nanoTime() - begin) / ResultLine.NANOS_PER_SECOND,
                WorkloadRun.cpuNanos() / ResultLine.NANOS_PER_SECOND,
                ResultLine.ownPeakResidentMebibytes());
    }
}

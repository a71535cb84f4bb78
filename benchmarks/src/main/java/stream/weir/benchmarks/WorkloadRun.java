package stream.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.LatencyHistogram;
import stream.weir.benchmarks.workload.MeasuredPart;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/** One run of one workload in this process. */
public record WorkloadRun(WorkloadOptions options) {
    /** What came out, and what the measured part cost. */
    record Result(Checksum checksum, MeasuredPart.Cost cost, CheckpointFigures checkpoints) {}

    /** @param folder where state and checkpoints go; the caller's to delete */
    Result in(Path folder) throws Exception {
        Checksum checksum = new Checksum();
        MeasuredPart measured = new MeasuredPart(System::nanoTime, WorkloadRun::cpuNanos);
        CheckpointFigures checkpoints = new CheckpointFigures();
        Pipeline pipeline = Pipelines.of(
                options,
                "file:" + folder,
                new Pipelines.Observers(checksum, new LatencyHistogram(), measured::begin, () -> () -> {}));
        try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"))) {
            LocalSettings settings = LocalSettings.defaults(store, folder.resolve("work"))
                    .withRestarts(RestartPolicy.never())
                    .withMemory(options.rocksDbBytes(), options.cacheBytes());
            JobOutcome outcome = LocalJob.start(pipeline, settings, checkpoints).await();
            if (!(outcome instanceof JobOutcome.Completed)) {
                throw new IllegalStateException("workload " + options.workload() + " did not complete: " + outcome);
            }
            return new Result(checksum, measured.end(), checkpoints);
        }
    }

    /** Processor time of this process, all threads together. */
    public static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}

package stream.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.MeasuredPart;
import stream.weir.benchmarks.workload.Workloads;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.local.JobListener;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/**
 * One run of one workload in this process.
 *
 * @param workload its name
 * @param rocksDbBytes native memory of RocksDB
 * @param cacheBytes heap for the caches in front of RocksDB
 * @param checkpointInterval longer than the run for a run without checkpoints
 */
record WorkloadRun(
        String workload,
        Workloads.Size size,
        StateConfig.Backend backend,
        long rocksDbBytes,
        long cacheBytes,
        Duration checkpointInterval) {
    /** What came out, and what the measured part cost. */
    record Result(Checksum checksum, MeasuredPart.Cost cost) {}

    /** @param folder where state and checkpoints go; the caller's to delete */
    Result in(Path folder) throws Exception {
        Checksum checksum = new Checksum();
        MeasuredPart measured = new MeasuredPart(System::nanoTime, WorkloadRun::cpuNanos);
        Workloads workloads = new Workloads(
                size,
                new Workloads.Results(checksum, measured),
                new StateConfig(backend, true),
                checkpoints("file:" + folder));
        try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"))) {
            LocalSettings settings = LocalSettings.defaults(store, folder.resolve("work"))
                    .withRestarts(RestartPolicy.never())
                    .withMemory(rocksDbBytes, cacheBytes);
            JobOutcome outcome = LocalJob.start(workloads.named(workload), settings, JobListener.SILENT)
                    .await();
            if (!(outcome instanceof JobOutcome.Completed)) {
                throw new IllegalStateException("workload " + workload + " did not complete: " + outcome);
            }
            return new Result(checksum, measured.end());
        }
    }

    /** Processor time of this process, all threads together. */
    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private CheckpointConfig checkpoints(String uri) {
        CheckpointConfig defaults = CheckpointConfig.defaults(CheckpointConfig.Snapshots.at(uri));
        return new CheckpointConfig(
                checkpointInterval,
                defaults.timeout(),
                defaults.minPause(),
                1,
                0,
                3,
                defaults.mode(),
                defaults.alignment(),
                defaults.snapshots());
    }
}

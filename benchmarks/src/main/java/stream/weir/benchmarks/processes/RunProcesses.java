package stream.weir.benchmarks.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.benchmarks.OneLine;
import stream.weir.benchmarks.Pipelines;
import stream.weir.benchmarks.ResultLine;
import stream.weir.benchmarks.RunWorkload;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.WorkloadRun;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.LatencyHistogram;
import stream.weir.benchmarks.workload.MeasuredPart;
import stream.weir.coordinator.status.JobView;
import stream.weir.store.ObjectStore;

/**
 * Runs one workload with a process for each replica and this one as the coordinator, and prints the same line as {@link
 * RunWorkload}. Takes the same arguments, and {@code --worker-options "FLAGS"} for the workers' JVMs; {@code --store-latency-ms N} and
 * {@code --store-mb-per-s N} put the store, a folder, as far from each process: a request takes N ms, and all that the process reads and
 * writes together goes at N MiB/s. Processor seconds are those of all processes, from the first measured record of the first source to
 * the end of the job.
 */
public final class RunProcesses {
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private RunProcesses() {}

    public static void main(String[] arguments) throws Exception {
        OneLine.print("processes", arguments, (options, folder) -> run(options, folder)
                .line());
    }

    /**
     * What came of a run.
     *
     * @param latencies of all workers
     */
    record Finished(ResultLine line, LatencyHistogram latencies) {
        /** @throws IllegalStateException where this is not what was to come out */
        void require(Checksum expected) {
            if (!line.checksum().equals(expected.hex()) || line.rows() != expected.rows()) {
                throw new IllegalStateException("void: " + line.rows() + " rows with checksum " + line.checksum()
                        + " came out, where " + expected.rows() + " with " + expected.hex() + " have to");
            }
        }
    }

    /** @param folder where state and checkpoints go; the caller's to delete */
    static Finished run(WorkloadOptions options, Path folder) throws Exception {
        Pipeline pipeline = pipeline(options, folder);
        CompletableFuture<JobView> over = new CompletableFuture<>();
        long begin = System.nanoTime();
        try (ObjectStore store = DistantStore.open(options, folder);
                Coordinator coordinator = Coordinator.start(pipeline, store, view -> judge(view, over));
                WorkerProcesses workers =
                        new WorkerProcesses(System::nanoTime, WorkloadRun::cpuNanos, (who, at, count) -> {})) {
            start(workers, pipeline, options, folder, coordinator);
            workers.awaitBegin(START_WITHIN);
            JobView end = over.get();
            if (end.phase() != JobView.Phase.COMPLETED) {
                throw new IllegalStateException("workload " + options.workload() + " did not complete: " + end);
            }
            List<WorkerProcesses.Found> found = workers.awaitEnd();
            LatencyHistogram latencies = new LatencyHistogram();
            found.forEach(each -> latencies.addAll(each.latencies()));
            return new Finished(line(options, workers, found, System.nanoTime() - begin), latencies);
        }
    }

    private static void judge(JobView view, CompletableFuture<JobView> over) {
        switch (view.phase()) {
            case COMPLETED, STOPPED, FAILED -> over.complete(view);
            case STARTING, RUNNING, RECOVERING -> {}
        }
    }

    /** As the coordinator has to know it. */
    static Pipeline pipeline(WorkloadOptions options, Path folder) {
        return Pipelines.of(options, "file:" + folder, Pipelines.Observers.none());
    }

    /** Starts a worker for each replica. */
    static void start(
            WorkerProcesses workers, Pipeline pipeline, WorkloadOptions options, Path folder, Coordinator coordinator)
            throws IOException {
        for (Stage stage : pipeline.stages()) {
            for (int replica = 0; replica < stage.replicas(); replica++) {
                String name = stage.name() + "-" + replica;
                workers.start(name, flags(options), options.with(worker(name, stage, folder, coordinator)));
            }
        }
    }

    /** What a worker has to know beside the options of the run. */
    static Map<String, String> worker(String name, Stage stage, Path folder, Coordinator coordinator) {
        return Map.of(
                "--instance", name,
                "--stage", stage.name(),
                "--folder", folder.toString(),
                "--coordinator", coordinator.address().toString());
    }

    static List<String> flags(WorkloadOptions options) {
        return List.of(
                options.all().getOrDefault("--worker-options", "-Xmx512m").split(" "));
    }

    private static ResultLine line(
            WorkloadOptions options, WorkerProcesses workers, List<WorkerProcesses.Found> found, long nanos) {
        MeasuredPart.Cost cost = workers.cost();
        return new ResultLine(
                options,
                HexFormat.of()
                        .toHexDigits(found.stream()
                                .mapToLong(WorkerProcesses.Found::checksum)
                                .sum()),
                found.stream().mapToLong(WorkerProcesses.Found::rows).sum(),
                "",
                cost,
                nanos / ResultLine.NANOS_PER_SECOND,
                found.stream().mapToLong(WorkerProcesses.Found::cpuNanos).sum() / ResultLine.NANOS_PER_SECOND,
                found.stream().mapToLong(WorkerProcesses.Found::peakMebibytes).sum());
    }
}

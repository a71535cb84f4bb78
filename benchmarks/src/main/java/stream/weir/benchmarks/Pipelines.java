package stream.weir.benchmarks;

import java.util.function.Supplier;
import java.util.stream.Collectors;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.LatencyHistogram;
import stream.weir.benchmarks.workload.TimedPipelines;
import stream.weir.benchmarks.workload.Workloads;

/** The pipeline that the options of a run ask for. */
public final class Pipelines {
    private Pipelines() {}

    /**
     * Where a run leaves what it found.
     *
     * @param measured runs before the first measured record of each source
     * @param processed makes what runs after each record that a replica of w4 has processed
     */
    public record Observers(
            Checksum checksum, LatencyHistogram latencies, Runnable measured, Supplier<Runnable> processed) {
        /** For those who only want to know what the pipeline consists of. */
        public static Observers none() {
            return new Observers(new Checksum(), new LatencyHistogram(), () -> {}, () -> () -> {});
        }
    }

    /**
     * With {@code --replicas N}: so many of each stage.
     *
     * @param uri of the folder of snapshots
     */
    public static Pipeline of(WorkloadOptions options, String uri, Observers observers) {
        Pipeline pipeline = named(options, uri, observers);
        if (!options.all().containsKey("--replicas")) {
            return pipeline;
        }
        int replicas = (int) options.number("--replicas", 1);
        return pipeline.withReplicas(
                pipeline.stages().stream().collect(Collectors.toMap(Stage::name, stage -> replicas)));
    }

    private static Pipeline named(WorkloadOptions options, String uri, Observers observers) {
        return switch (options.workload()) {
            case "b6" -> timed(options, uri, observers).row((int) options.number("--between", 1));
            case "b8" -> timed(options, uri, observers).backPressure();
            default ->
                new Workloads(
                                options.size(),
                                new Workloads.Results(observers.checksum, observers.measured, observers.processed),
                                new StateConfig(options.backend(), true),
                                options.checkpoints(uri))
                        .named(options.workload());
        };
    }

    private static TimedPipelines timed(WorkloadOptions options, String uri, Observers observers) {
        return new TimedPipelines(
                new TimedPipelines.Load(
                        options.size().records(),
                        (int) options.number("--bytes", 128),
                        options.number("--unmeasured", 0),
                        options.size().rate()),
                new TimedPipelines.Found(observers.checksum, observers.latencies, observers.measured),
                options.checkpoints(uri),
                System::nanoTime);
    }
}

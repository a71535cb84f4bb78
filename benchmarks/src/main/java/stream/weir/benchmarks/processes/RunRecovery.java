package stream.weir.benchmarks.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.benchmarks.OneLine;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.WorkloadRun;
import stream.weir.coordinator.status.CheckpointView;
import stream.weir.coordinator.status.JobView;
import stream.weir.store.ObjectStore;

/**
 * W7: w4 at a fixed rate between processes, with one more process that waits; once it is loaded and has run for a while, the
 * process of one replica with state is killed. W8 is the same, but that nothing is killed: the stage with state gets one replica
 * more. Prints one line of JSON: how long nothing was processed, when the rate was back, and when the replicas with state were open
 * again.
 *
 * <p>Arguments: those of {@link RunProcesses}; {@code --event kill} (the default) or {@code rescale}; {@code --rate N}, {@code
 * --seconds-before N} and {@code --seconds-after N} the event.
 */
public final class RunRecovery {
    private static final Duration LOAD_WITHIN = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** How exactly views tell when a replica was open. */
    private static final Duration REFRESH = Duration.ofMillis(20);

    private static final String SPARE = "spare";

    private RunRecovery() {}

    public static void main(String[] arguments) throws Exception {
        OneLine.print("recovery", arguments, RunRecovery::measure);
    }

    private static String measure(WorkloadOptions said, Path folder) throws Exception {
        Map<String, String> given = new HashMap<>(said.all());
        given.put("--workload", "w4");
        given.put("--progress", "yes");
        given.putIfAbsent("--backend", "rocksdb");
        given.putIfAbsent("--checkpoint-interval", "10000");
        given.putIfAbsent("--records", "100000000");
        boolean kills = isKill(given.getOrDefault("--event", "kill"));
        WorkloadOptions options = WorkloadOptions.of(given);
        Pipeline pipeline = RunProcesses.pipeline(options, folder);
        OutputGaps gaps = new OutputGaps();
        Reopening views = new Reopening();
        try (ObjectStore store = DistantStore.open(options, folder);
                Coordinator coordinator = Coordinator.start(pipeline, store, views::changed, REFRESH);
                WorkerProcesses workers = new WorkerProcesses(System::nanoTime, WorkloadRun::cpuNanos, gaps::heard)) {
            RunProcesses.start(workers, pipeline, options, folder, coordinator);
            Stage keyed = pipeline.stages().getLast();
            workers.start(
                    SPARE,
                    RunProcesses.flags(options),
                    options.with(RunProcesses.worker(SPARE, keyed, folder, coordinator)));
            awaitLoad(gaps, options.size().keys());
            Thread.sleep(Duration.ofSeconds(options.number("--seconds-before", 25)));
            JobView before = views.newest();
            Reopening.Event event =
                    new Reopening.Event(before, kills ? processOf(before) : SPARE, System.currentTimeMillis());
            if (kills) {
                workers.kill(event.process());
            } else {
                coordinator.scale(keyed.name(), keyed.replicas() + 1);
            }
            Thread.sleep(Duration.ofSeconds(options.number("--seconds-after", 20)));
            return line(options, kills ? "w7" : "w8", gaps.after(event.atMillis()), event, views);
        }
    }

    private static boolean isKill(String event) {
        return switch (event) {
            case "kill" -> true;
            case "rescale" -> false;
            default -> throw new IllegalArgumentException("--event is kill or rescale, not " + event);
        };
    }

    private static void awaitLoad(OutputGaps gaps, long keys) throws InterruptedException {
        long end = System.nanoTime() + LOAD_WITHIN.toNanos();
        while (gaps.total() < keys) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "not loaded within " + LOAD_WITHIN + ": " + gaps.total() + " of " + keys);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** The process that is the first replica of the last stage. */
    private static String processOf(JobView view) {
        return view.stages().getLast().replicas().getFirst().instance().orElseThrow();
    }

    private static String line(
            WorkloadOptions options, String row, OutputGaps.Found found, Reopening.Event event, Reopening views) {
        CheckpointView newest = event.before().checkpoints().newest().orElseThrow();
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"engine\":\"weir\",\"keys\":%d,\"rate\":%d,\"rate_before\":%d,\"gap_ms\":%d,"
                        + "\"back_to_80pct_ms\":%d,%s,\"state_mb\":%d,\"checkpoint_ms\":%d,\"checkpoint_age_at_event_ms\":%d,"
                        + "\"run_before\":%d,\"run_after\":%d}",
                row,
                options.size().keys(),
                options.size().rate().orElse(0),
                found.ratePerSecond(),
                found.gapMillis(),
                found.backMillis(),
                views.after(event).json(),
                newest.stateBytes() >> 20,
                newest.durationMillis(),
                event.atMillis() - newest.atMillis(),
                event.before().run(),
                views.newest().run());
    }
}

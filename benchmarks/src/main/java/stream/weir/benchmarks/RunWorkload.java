package stream.weir.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.benchmarks.workload.Workloads;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.local.JobListener;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/**
 * Runs one workload and prints one line of JSON: what it did, its checksum, and what it cost.
 *
 * <p>Arguments: {@code --workload w1|w2|w3|w4|q5p|q7 --records N [--keys N] [--dist uniform|zipf] [--backend
 * memory|filesystem|rocksdb] [--state-mb N] [--cache-mb N] [--checkpoint-interval MILLIS]}.
 */
public final class RunWorkload {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MIB = 20;

    private RunWorkload() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = parse(arguments);
        String workload = options.getOrDefault("--workload", "w1");
        Workloads.Size size = new Workloads.Size(
                number(options, "--records", 1_000_000),
                number(options, "--keys", 1_000_000),
                options.getOrDefault("--dist", "uniform").equals("zipf"));
        StateConfig.Backend backend = StateConfig.Backend.valueOf(
                options.getOrDefault("--backend", "filesystem").toUpperCase(Locale.ROOT));
        Checksum checksum = new Checksum();
        Path folder = Files.createTempDirectory(Path.of("target"), "workload-");
        long interval =
                number(options, "--checkpoint-interval", Duration.ofDays(1).toMillis());
        CheckpointConfig defaults = CheckpointConfig.defaults(CheckpointConfig.Snapshots.at("file:" + folder));
        CheckpointConfig checkpoints = new CheckpointConfig(
                Duration.ofMillis(interval),
                defaults.timeout(),
                defaults.minPause(),
                1,
                0,
                3,
                defaults.mode(),
                defaults.alignment(),
                defaults.snapshots());
        Workloads workloads = new Workloads(size, checksum, new StateConfig(backend, true), checkpoints);
        long begin = System.nanoTime();
        long cpuBegin = cpuNanos();
        try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"))) {
            LocalSettings settings = LocalSettings.defaults(store, folder.resolve("work"))
                    .withRestarts(RestartPolicy.never())
                    .withMemory(number(options, "--state-mb", 256) << MIB, number(options, "--cache-mb", 256) << MIB);
            JobOutcome outcome = LocalJob.start(workloads.named(workload), settings, JobListener.SILENT)
                    .await();
            if (!(outcome instanceof JobOutcome.Completed)) {
                throw new IllegalStateException("the workload did not complete: " + outcome);
            }
        }
        double seconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        double cpu = (cpuNanos() - cpuBegin) / NANOS_PER_SECOND;
        System.out.println(String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"engine\":\"weir\",\"jvm\":\"%s\",\"backend\":\"%s\",\"dist\":\"%s\",\"keys\":%d,\"records\":%d,"
                        + "\"seconds\":%.2f,\"cpu_seconds\":%.2f,\"records_per_second\":%.0f,\"records_per_cpu_second\":%.0f,"
                        + "\"peak_rss_mb\":%d,\"checksum\":\"%s\",\"rows\":%d}",
                workload,
                Runtime.version(),
                backend,
                size.zipf() ? "zipf" : "uniform",
                size.keys(),
                size.records(),
                seconds,
                cpu,
                size.records() / seconds,
                size.records() / cpu,
                peakResidentMebibytes(),
                checksum.hex(),
                checksum.rows()));
    }

    private static Map<String, String> parse(String[] arguments) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private static long number(Map<String, String> options, String name, long absent) {
        String value = options.get(name);
        return value == null ? absent : Long.parseLong(value);
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** The kernel's own figure where there is one, 0 elsewhere. */
    private static long peakResidentMebibytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}

package stream.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.benchmarks.workload.Workloads;

/**
 * Runs one workload and prints one line of JSON: what it did, its checksum, and what it cost.
 *
 * <p>Arguments: {@code --workload w1|w2|w3|w4|q5p|q7|q8 --records N [--keys N] [--dist uniform|zipf] [--backend
 * memory|filesystem|rocksdb] [--state-mb N] [--cache-mb N] [--checkpoint-interval MILLIS]}.
 * Seconds and processor seconds are those of the {@linkplain stream.weir.benchmarks.workload.MeasuredPart measured part}, where
 * they are not called those of the process.
 */
public final class RunWorkload {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int MIB = 20;
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private RunWorkload() {}

    public static void main(String[] arguments) throws Exception {
        Map<String, String> options = parse(arguments);
        WorkloadRun run = new WorkloadRun(
                options.getOrDefault("--workload", "w1"),
                new Workloads.Size(
                        number(options, "--records", 1_000_000),
                        number(options, "--keys", 1_000_000),
                        options.getOrDefault("--dist", "uniform").equals("zipf")),
                StateConfig.Backend.valueOf(
                        options.getOrDefault("--backend", "filesystem").toUpperCase(Locale.ROOT)),
                number(options, "--state-mb", 256) << MIB,
                number(options, "--cache-mb", defaultCacheMebibytes()) << MIB,
                Duration.ofMillis(number(
                        options, "--checkpoint-interval", Duration.ofDays(1).toMillis())));
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "workload-");
        long begin = System.nanoTime();
        WorkloadRun.Result result = run.in(folder);
        double secondsProcess = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        System.out.println(line(run, result, secondsProcess));
        delete(folder);
    }

    private static String line(WorkloadRun run, WorkloadRun.Result result, double secondsProcess) throws IOException {
        double seconds = result.cost().nanos() / NANOS_PER_SECOND;
        double cpu = result.cost().cpuNanos() / NANOS_PER_SECOND;
        long records = run.size().records();
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"engine\":\"weir\",\"version\":\"%s\",\"jvm\":\"%s\",\"backend\":\"%s\",\"dist\":\"%s\","
                        + "\"keys\":%d,\"state_mb\":%d,\"cache_mb\":%d,\"checkpoint_interval\":%d,\"records\":%d,"
                        + "\"seconds\":%.2f,\"seconds_process\":%.2f,\"cpu_seconds\":%.2f,\"cpu_seconds_process\":%.2f,"
                        + "\"records_per_second\":%.0f,\"records_per_cpu_second\":%.0f,"
                        + "\"peak_rss_mb\":%d,\"checksum\":\"%s\",\"rows\":%d}",
                run.workload(),
                VERSION,
                Runtime.version(),
                run.backend(),
                run.size().zipf() ? "zipf" : "uniform",
                run.size().keys(),
                run.rocksDbBytes() >> MIB,
                run.cacheBytes() >> MIB,
                run.checkpointInterval().toMillis(),
                records,
                seconds,
                secondsProcess,
                cpu,
                WorkloadRun.cpuNanos() / NANOS_PER_SECOND,
                records / seconds,
                records / cpu,
                peakResidentMebibytes(),
                result.checksum().hex(),
                result.checksum().rows());
    }

    /** Half of the heap: pages of the cache are long-lived, so the collector hardly moves them, and needs room beside them. */
    private static long defaultCacheMebibytes() {
        return Runtime.getRuntime().maxMemory() / 2 >> MIB;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
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

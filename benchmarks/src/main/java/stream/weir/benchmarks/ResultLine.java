package stream.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import stream.weir.benchmarks.workload.MeasuredPart;

/**
 * The line of JSON that a run ends with.
 *
 * @param checkpoints fields of JSON about them; empty where nothing is known of them
 * @param cost of the measured part, all processes together
 * @param secondsProcess from the start of the run
 * @param cpuSecondsProcess from the start of the processes
 * @param peakResidentMebibytes of all processes together
 */
public record ResultLine(
        WorkloadOptions options,
        String checksum,
        long rows,
        String checkpoints,
        MeasuredPart.Cost cost,
        double secondsProcess,
        double cpuSecondsProcess,
        long peakResidentMebibytes) {
    public static final double NANOS_PER_SECOND = 1e9;
    private static final int MIB = 20;
    private static final String VERSION = "0.1.0-SNAPSHOT";

    @Override
    public String toString() {
        double seconds = cost.nanos() / NANOS_PER_SECOND;
        double cpu = cost.cpuNanos() / NANOS_PER_SECOND;
        long records = options.size().records();
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"%s\",\"engine\":\"weir\",\"version\":\"%s\",\"jvm\":\"%s\",\"backend\":\"%s\",\"dist\":\"%s\","
                        + "\"keys\":%d,\"state_mb\":%d,\"cache_mb\":%d,\"checkpoint_interval\":%d,\"records\":%d,"
                        + "\"seconds\":%.2f,\"seconds_process\":%.2f,\"cpu_seconds\":%.2f,\"cpu_seconds_process\":%.2f,"
                        + "\"records_per_second\":%.0f,\"records_per_cpu_second\":%.0f,"
                        + "\"peak_rss_mb\":%d,%s\"checksum\":\"%s\",\"rows\":%d}",
                options.workload(),
                VERSION,
                Runtime.version(),
                options.backend(),
                options.size().zipf() ? "zipf" : "uniform",
                options.size().keys(),
                options.rocksDbBytes() >> MIB,
                options.cacheBytes() >> MIB,
                options.checkpointInterval().toMillis(),
                records,
                seconds,
                secondsProcess,
                cpu,
                cpuSecondsProcess,
                records / seconds,
                records / cpu,
                peakResidentMebibytes,
                checkpoints.isEmpty() ? "" : checkpoints + ",",
                checksum,
                rows);
    }

    /** Of this process, by the kernel's own figure where there is one, 0 elsewhere. */
    public static long ownPeakResidentMebibytes() throws IOException {
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

package stream.weir.benchmarks.processes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import stream.weir.benchmarks.OneLine;
import stream.weir.benchmarks.ResultLine;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.workload.LatencyHistogram;
import stream.weir.benchmarks.workload.TimedPipelines;

/**
 * B6: how late records of 128 bytes come through three processes at half of the highest rate, with checkpoints. First the highest rate
 * is found, then the same pipeline runs at half of it. The source is an open loop: a record that it could not send in time is late from
 * when it was due. Prints one line of JSON.
 *
 * <p>Arguments: those of {@link RunProcesses}; {@code --most-records N} to find the highest rate with, or {@code --rate N} to leave that
 * out; {@code --seconds N} that are measured, after {@code --warm-seconds N}; {@code --checkpoint-interval MILLIS}, 1 s unless told.
 */
public final class RunLatency {
    private static final double NANOS_PER_MILLI = 1e6;

    private RunLatency() {}

    public static void main(String[] arguments) throws Exception {
        OneLine.print("latency", arguments, RunLatency::line);
    }

    static String line(WorkloadOptions options, Path folder) throws Exception {
        Map<String, String> given = new HashMap<>(options.all());
        given.put("--workload", "b6");
        given.putIfAbsent("--checkpoint-interval", "1000");
        long highest = options.all().containsKey("--rate") ? 0 : highest(given, folder.resolve("highest"));
        long rate = highest == 0 ? options.number("--rate", 0) : highest / 2;
        long warm = rate * options.number("--warm-seconds", 10);
        given.put("--rate", String.valueOf(rate));
        given.put("--unmeasured", String.valueOf(warm));
        given.put("--records", String.valueOf(warm + rate * options.number("--seconds", 30)));
        WorkloadOptions half = WorkloadOptions.of(given);
        RunProcesses.Finished finished = RunProcesses.run(half, folder.resolve("half"));
        finished.require(TimedPipelines.checksumOf(half.size().records()));
        return json(finished, highest, rate);
    }

    private static long highest(Map<String, String> given, Path folder) throws Exception {
        Map<String, String> most = new HashMap<>(given);
        long records = WorkloadOptions.of(given).number("--most-records", 10_000_000);
        most.put("--records", String.valueOf(records));
        most.put("--unmeasured", String.valueOf(records / 2));
        ResultLine line = RunProcesses.run(WorkloadOptions.of(most), folder).line();
        return (long) ((records - records / 2)
                * ResultLine.NANOS_PER_SECOND
                / line.cost().nanos());
    }

    private static String json(RunProcesses.Finished finished, long highest, long rate) {
        ResultLine line = finished.line();
        LatencyHistogram latencies = finished.latencies();
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"b6\",\"engine\":\"weir\",\"jvm\":\"%s\",\"highest_rate\":%d,\"rate\":%d,\"measured\":%d,"
                        + "\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"p999_ms\":%.2f,\"most_ms\":%.2f,\"seconds\":%.2f,"
                        + "\"cpu_seconds\":%.2f,\"peak_rss_mb\":%d,\"checksum\":\"%s\",\"rows\":%d}",
                Runtime.version(),
                highest,
                rate,
                latencies.count(),
                millis(latencies, 0.5),
                millis(latencies, 0.99),
                millis(latencies, 0.999),
                millis(latencies, 1),
                line.cost().nanos() / ResultLine.NANOS_PER_SECOND,
                line.cost().cpuNanos() / ResultLine.NANOS_PER_SECOND,
                line.peakResidentMebibytes(),
                line.checksum(),
                line.rows());
    }

    private static double millis(LatencyHistogram latencies, double share) {
        return latencies.quantile(share) / NANOS_PER_MILLI;
    }
}

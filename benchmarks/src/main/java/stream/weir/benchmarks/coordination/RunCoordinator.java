package stream.weir.benchmarks.coordination;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import stream.weir.benchmarks.OneLine;
import stream.weir.benchmarks.ResultLine;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.WorkloadRun;
import stream.weir.benchmarks.workload.Checksum;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;

/**
 * S: how long a coordinator takes for one checkpoint of many replicas, which answer at once: triggers, acknowledgements and the
 * manifest, which is read back afterwards. Prints one line of JSON.
 *
 * <p>Arguments: {@code --replicas N}, {@code --stages N}, {@code --files N} of each replica's state, {@code --checkpoints N}.
 */
public final class RunCoordinator {
    private static final double NANOS_PER_MILLI = 1e6;

    private RunCoordinator() {}

    public static void main(String[] arguments) throws Exception {
        OneLine.print("coordinator", arguments, RunCoordinator::line);
    }

    static String line(WorkloadOptions options, Path folder) throws Exception {
        CoordinatorRun run = new CoordinatorRun(
                (int) options.number("--replicas", 10_000),
                (int) options.number("--stages", 10),
                (int) options.number("--files", 4),
                (int) options.number("--checkpoints", 7));
        CoordinatorRun.Result result = run.in(folder);
        List<Long> sorted = result.nanos().stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"s\",\"engine\":\"weir\",\"jvm\":\"%s\",\"replicas\":%d,\"files\":%d,\"checkpoints\":%d,"
                        + "\"first_ms\":%.0f,\"median_ms\":%.0f,\"most_ms\":%.0f,\"cpu_ms_median\":%.0f,\"read_ms\":%.0f,"
                        + "\"manifest_kb\":%d,\"heap_held_mb\":%d,\"heap_limit_mb\":%d,\"peak_rss_mb\":%d,"
                        + "\"cpu_seconds_process\":%.2f,\"checksum\":\"%s\",\"rows\":%d}",
                Runtime.version(),
                run.replicas(),
                run.files(),
                run.checkpoints(),
                result.nanos().getFirst() / NANOS_PER_MILLI,
                median(result.nanos()) / NANOS_PER_MILLI,
                sorted.getLast() / NANOS_PER_MILLI,
                median(result.cpuNanos()) / NANOS_PER_MILLI,
                result.readNanos() / NANOS_PER_MILLI,
                result.manifestBytes() >> 10,
                result.heldBytes() >> 20,
                Runtime.getRuntime().maxMemory() >> 20,
                ResultLine.ownPeakResidentMebibytes(),
                WorkloadRun.cpuNanos() / ResultLine.NANOS_PER_SECOND,
                checksum(result.newest()).hex(),
                result.newest().replicas().size());
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** Of what every replica contributed, times excepted. */
    static Checksum checksum(Manifest manifest) {
        Checksum checksum = new Checksum();
        for (ReplicaSnapshot replica : manifest.replicas()) {
            long objects = replica.objects()
                    .mapToLong(each -> Checksum.row(each.name().hashCode(), each.bytes(), each.crc32c()))
                    .sum();
            checksum.add(
                    Checksum.row(
                            replica.stage().hashCode(),
                            replica.replica(),
                            replica.keyGroups().first(),
                            objects),
                    1);
        }
        return checksum;
    }
}

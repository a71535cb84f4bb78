package stream.weir.benchmarks.processes;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import stream.weir.benchmarks.OneLine;
import stream.weir.benchmarks.ResultLine;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.benchmarks.workload.TimedPipelines;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/**
 * B8: how long checkpoints take under back-pressure. A sink takes a tenth of the rate that two sources offer, one of which has ten times
 * as many records as the other. Prints one line of JSON: for each checkpoint the time from its trigger until the first barrier was
 * there, until the last one was, and until it was complete.
 *
 * <p>Arguments: those of {@link RunProcesses}; {@code --rate N} that is offered, per second; {@code --seconds N}; {@code
 * --checkpoint-interval MILLIS}, 2 s unless told; {@code --credit-kb N} at most of each link, 4096 unless told.
 */
public final class RunBackPressure {
    private RunBackPressure() {}

    public static void main(String[] arguments) throws Exception {
        OneLine.print("back-pressure", arguments, RunBackPressure::line);
    }

    static String line(WorkloadOptions options, Path folder) throws Exception {
        Map<String, String> given = new HashMap<>(options.all());
        given.put("--workload", "b8");
        given.putIfAbsent("--checkpoint-interval", "2000");
        given.putIfAbsent("--rate", "100000");
        long rate = Long.parseLong(given.get("--rate"));
        given.put("--records", String.valueOf(rate / 10 * options.number("--seconds", 40)));
        WorkloadOptions slowed = WorkloadOptions.of(given);
        RunProcesses.Finished finished = RunProcesses.run(slowed, folder);
        finished.require(TimedPipelines.checksumOf(slowed.size().records()));
        CheckpointTimes times;
        try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"))) {
            times = CheckpointTimes.in(store, "b8").withoutEnds();
        }
        return String.format(
                Locale.ROOT,
                "{\"workload\":\"b8\",\"engine\":\"weir\",\"jvm\":\"%s\",\"rate\":%d,\"credit_kb\":%d,\"records\":%s,\"seconds\":%.1f,%s,"
                        + "\"checksum\":\"%s\",\"rows\":%d}",
                Runtime.version(),
                rate,
                options.number("--credit-kb", 4096),
                given.get("--records"),
                finished.line().cost().nanos() / ResultLine.NANOS_PER_SECOND,
                times.json(),
                finished.line().checksum(),
                finished.line().rows());
    }
}

package stream.weir.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.benchmarks.workload.Workloads;

/**
 * What to run, from a command line of {@code --name value} pairs.
 *
 * @param rocksDbBytes native memory of RocksDB, of the whole job
 * @param cacheBytes heap for the caches in front of RocksDB, of each process
 * @param checkpointInterval longer than the run for a run without checkpoints
 * @param all as given
 */
public record WorkloadOptions(
        String workload,
        Workloads.Size size,
        StateConfig.Backend backend,
        long rocksDbBytes,
        long cacheBytes,
        Duration checkpointInterval,
        Map<String, String> all) {
    private static final int MIB = 20;

    /** @throws NumberFormatException where a number is none */
    public static WorkloadOptions parse(String[] arguments) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            options.put(arguments[i], arguments[i + 1]);
        }
        return of(options);
    }

    /** @throws NumberFormatException where a number is none */
    public static WorkloadOptions of(Map<String, String> options) {
        return new WorkloadOptions(
                options.getOrDefault("--workload", "w1"),
                new Workloads.Size(
                        number(options, "--records", 1_000_000),
                        number(options, "--keys", 1_000_000),
                        options.getOrDefault("--dist", "uniform").equals("zipf"),
                        options.containsKey("--rate")
                                ? OptionalLong.of(number(options, "--rate", 0))
                                : OptionalLong.empty()),
                StateConfig.Backend.valueOf(
                        options.getOrDefault("--backend", "filesystem").toUpperCase(Locale.ROOT)),
                number(options, "--state-mb", 256) << MIB,
                number(options, "--cache-mb", defaultCacheMebibytes()) << MIB,
                Duration.ofMillis(number(
                        options, "--checkpoint-interval", Duration.ofDays(1).toMillis())),
                Map.copyOf(options));
    }

    /** The option that has to be there. */
    public String required(String name) {
        String value = all.get(name);
        if (value == null) {
            throw new IllegalArgumentException("option " + name + " is missing; there are " + all.keySet());
        }
        return value;
    }

    /** The command line again, with more options. */
    public List<String> with(Map<String, String> more) {
        Map<String, String> together = new LinkedHashMap<>(all);
        together.putAll(more);
        List<String> arguments = new ArrayList<>();
        together.forEach((name, value) -> {
            arguments.add(name);
            arguments.add(value);
        });
        return arguments;
    }

    /** The pipeline's checkpoints, below a place. */
    public CheckpointConfig checkpoints(String uri) {
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

    /** Half of the heap: pages of the cache are long-lived, so the collector hardly moves them, and needs room beside them. */
    private static long defaultCacheMebibytes() {
        return Runtime.getRuntime().maxMemory() / 2 >> MIB;
    }

    /** A number among the options. */
    public long number(String name, long absent) {
        return number(all, name, absent);
    }

    private static long number(Map<String, String> options, String name, long absent) {
        String value = options.get(name);
        return value == null ? absent : Long.parseLong(value);
    }
}

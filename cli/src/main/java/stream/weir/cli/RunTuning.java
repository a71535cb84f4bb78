package stream.weir.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Option;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.local.LocalSettings;
import stream.weir.local.WorkFolder;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.store.ObjectStore;

/** Options of {@code weir run} that change no result. */
final class RunTuning {
    private static final int MIB = 20;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            defaultValue = "3",
            description =
                    "After a failure go back to the last checkpoint, at most N times in a row (-1: any number; default:"
                            + " ${DEFAULT-VALUE}).")
    private int restarts;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Folder for working state on local disk (default: one for each pipeline in ~/.cache/weir).")
    private Optional<Path> workFolder = Optional.empty();

    @Option(
            names = "--frame-bytes",
            paramLabel = "N",
            defaultValue = "32768",
            description =
                    "Send a batch of records when it has N bytes (1: each record alone; default: ${DEFAULT-VALUE}).")
    private int frameBytes;

    @Option(
            names = "--rocksdb-memory",
            paramLabel = "MIB",
            defaultValue = "256",
            description = "Native memory for all RocksDB state, in MiB (default: ${DEFAULT-VALUE}).")
    private long rocksDbMebibytes;

    @Option(
            names = "--state-cache",
            paramLabel = "MIB",
            defaultValue = "128",
            description = "Heap for the caches in front of RocksDB, in MiB (default: ${DEFAULT-VALUE}).")
    private long cacheMebibytes;

    LocalSettings settings(ObjectStore store, WorkFolder work) {
        return LocalSettings.defaults(store, work.path())
                .withRestarts(new RestartPolicy(restarts, Duration.ofMillis(500), Duration.ofSeconds(30)))
                .withTuning(new Tuning(Math.max(1, frameBytes), Tuning.DEFAULT.batchTimeout()))
                .withMemory(rocksDbMebibytes << MIB, cacheMebibytes << MIB);
    }

    /** One folder for each place of checkpoints, so that two runs of one pipeline meet at its lock. */
    Path workFolder(ObjectStore store, String pipeline) {
        return workFolder.map(folder -> folder.resolve(pipeline)).orElseGet(() -> {
            UUID name = UUID.nameUUIDFromBytes(store.location().getBytes(StandardCharsets.UTF_8));
            return Path.of(System.getProperty("user.home"), ".cache", "weir", name.toString());
        });
    }
}

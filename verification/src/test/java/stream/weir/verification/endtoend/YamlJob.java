package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.definition.PipelineFile;
import stream.weir.local.JobListener;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/** A pipeline file in a folder of its own, run in this process. Failures end it: nothing is tried again. */
final class YamlJob {
    private final Path folder;
    private StartOptions start = StartOptions.newest();

    YamlJob(Path folder) {
        this.folder = folder;
    }

    YamlJob start(StartOptions options) {
        start = options;
        return this;
    }

    YamlJob input(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
        return this;
    }

    /** Runs to the end of the input. */
    JobOutcome run(String stages) throws Exception {
        try (ObjectStore store = store()) {
            return LocalJob.start(load(stages), settings(store), JobListener.SILENT)
                    .await();
        }
    }

    /** Runs until a checkpoint is complete, then stops with another; or until the job ends by itself. */
    JobOutcome runUntilCheckpoint(String stages) throws Exception {
        CompletableFuture<LocalJob> started = new CompletableFuture<>();
        try (ObjectStore store = store()) {
            LocalJob job = LocalJob.start(load(stages), settings(store), new JobListener() {
                @Override
                public void checkpointCompleted(Manifest manifest, Duration duration, long uploadedBytes) {
                    started.thenAccept(LocalJob::stop);
                }
            });
            started.complete(job);
            return job.await();
        }
    }

    /** Committed rows of the sink whose path is {@code path}. */
    List<List<String>> rows(String path) throws IOException {
        return Rows.committed(folder.resolve(path));
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    private ObjectStore store() throws IOException {
        return DirectoryStore.open(checkpoints());
    }

    private LocalSettings settings(ObjectStore store) {
        return LocalSettings.defaults(store, folder.resolve("work"))
                .withRestarts(RestartPolicy.never())
                .withStart(start);
    }

    private Pipeline load(String stages) throws IOException {
        Path file = folder.resolve("pipeline.yaml");
        Files.writeString(file, """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: job}
                spec:
                  checkpoint: {interval: 50ms}
                  state: {backend: Filesystem}
                  stages:
                """ + stages.indent(4));
        PipelineFile.Result result = PipelineFile.load(file, YamlJob.class.getClassLoader());
        assertThat(result)
                .as(() -> result instanceof PipelineFile.Rejected rejected ? rejected.format("pipeline.yaml") : "")
                .isInstanceOf(PipelineFile.Loaded.class);
        return ((PipelineFile.Loaded) result).pipeline();
    }
}

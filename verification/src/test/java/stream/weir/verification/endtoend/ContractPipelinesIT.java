package stream.weir.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Stage;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.definition.PipelineFile;
import stream.weir.local.JobListener;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.LocalSettings;
import stream.weir.runtime.stage.ReplicaEnvironment.Tuning;
import stream.weir.store.ObjectStore;
import stream.weir.store.directory.DirectoryStore;

/** Both contract pipelines give the independent answers, whatever may be set that must not change a result. */
class ContractPipelinesIT {
    private static final int[] FRAME_BYTES = {1, 512, 4 * 1024, 64 * 1024};

    @TempDir
    private Path folder;

    record Case(String pipeline, StateConfig state, CheckpointConfig.Mode mode, int parallelism, int frameBytes) {}

    /** Every backend in both modes at each parallelism; frame sizes take turns. */
    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        List<StateConfig> states = List.of(
                new StateConfig(StateConfig.Backend.MEMORY, true),
                new StateConfig(StateConfig.Backend.FILESYSTEM, true),
                new StateConfig(StateConfig.Backend.ROCKSDB, true),
                new StateConfig(StateConfig.Backend.ROCKSDB, false));
        for (String pipeline : List.of("flight-delays", "weather-delays")) {
            for (StateConfig state : states) {
                for (CheckpointConfig.Mode mode : CheckpointConfig.Mode.values()) {
                    for (int parallelism = 1; parallelism <= 4; parallelism++) {
                        cases.add(new Case(
                                pipeline, state, mode, parallelism, FRAME_BYTES[cases.size() % FRAME_BYTES.length]));
                    }
                }
            }
        }
        // A turn later, so that no frame size always meets the same parallelism.
        for (int i = 0; i < cases.size(); i++) {
            Case each = cases.get(i);
            cases.set(
                    i,
                    new Case(
                            each.pipeline,
                            each.state,
                            each.mode,
                            each.parallelism,
                            FRAME_BYTES[(i + i / 4) % FRAME_BYTES.length]));
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void when_a_contract_pipeline_runs_then_it_gives_the_expected_rows(Case each) throws Exception {
        // given
        Pipeline pipeline = load(each);

        // when
        JobOutcome outcome = run(pipeline, each);

        // then
        assertThat(outcome).isInstanceOf(JobOutcome.Completed.class);
        List<List<String>> expected = Rows.of(Contract.folder().resolve("expected/" + each.pipeline + ".csv"));
        Rows.assertSame(Rows.committed(folder.resolve("out/" + each.pipeline)), expected.subList(1, expected.size()));
    }

    private Pipeline load(Case each) throws Exception {
        Path contract = Contract.folder();
        Files.createSymbolicLink(folder.resolve("data"), contract.resolve("data"));
        Path file = folder.resolve("pipeline.yaml");
        Files.copy(contract.resolve(each.pipeline + ".yaml"), file);
        PipelineFile.Result result = PipelineFile.load(file, ContractPipelinesIT.class.getClassLoader());
        assertThat(result).isInstanceOf(PipelineFile.Loaded.class);
        Pipeline loaded = ((PipelineFile.Loaded) result).pipeline();
        CheckpointConfig checkpoint = loaded.checkpoint();
        return new Pipeline(
                loaded.name(),
                loaded.maxParallelism(),
                new CheckpointConfig(
                        Duration.ofMillis(50),
                        checkpoint.timeout(),
                        Duration.ZERO,
                        checkpoint.maxConcurrent(),
                        checkpoint.tolerableFailures(),
                        checkpoint.retained(),
                        each.mode,
                        checkpoint.alignment(),
                        checkpoint.snapshots()),
                each.state,
                loaded.restoreFrom(),
                loaded.stages().stream()
                        .map(stage -> stage.source().isPresent() ? stage : withReplicas(stage, each.parallelism))
                        .toList());
    }

    private static Stage withReplicas(Stage stage, int replicas) {
        return new Stage(
                stage.name(), replicas, stage.source(), stage.inputs(), stage.steps(), stage.sink(), stage.outputs());
    }

    private JobOutcome run(Pipeline pipeline, Case each) throws Exception {
        try (ObjectStore store = DirectoryStore.open(folder.resolve("checkpoints"))) {
            LocalSettings settings = LocalSettings.defaults(store, folder.resolve("work"))
                    .withRestarts(RestartPolicy.never())
                    .withTuning(new Tuning(each.frameBytes, Duration.ofMillis(1)));
            return LocalJob.start(pipeline, settings, JobListener.SILENT).await();
        }
    }
}

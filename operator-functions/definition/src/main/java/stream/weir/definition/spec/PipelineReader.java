package stream.weir.definition.spec;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.RestoreFrom;
import stream.weir.api.pipeline.StateConfig;
import stream.weir.definition.problem.Located;
import stream.weir.definition.problem.Problems;
import stream.weir.definition.yaml.Cursor;
import stream.weir.definition.yaml.Fields;

/** Reads the document as a whole. */
public final class PipelineReader {
    private static final String API_VERSION = "weir.stream/v1alpha1";
    private static final String KIND = "StreamPipeline";
    private static final StateConfig DEFAULT_STATE = new StateConfig(StateConfig.Backend.ROCKSDB, true);

    private final StageReader stages;
    private final CheckpointReader checkpoints;

    public PipelineReader(Path folder, ConnectorNames connectors) {
        this.stages = new StageReader(connectors);
        this.checkpoints = new CheckpointReader(folder);
    }

    /** Empty where there is no {@code spec} to speak of. */
    public Optional<PipelineSpec> read(Cursor root) {
        return root.fields().flatMap(document -> {
            document.require("apiVersion").ifPresent(version -> version.oneOf(Map.of(API_VERSION, API_VERSION)));
            document.require("kind").ifPresent(kind -> kind.oneOf(Map.of(KIND, KIND)));
            Optional<String> name = document.require("metadata").flatMap(PipelineReader::name);
            Optional<Fields> spec = document.require("spec").flatMap(Cursor::fields);
            document.ignore("status").rejectOthers();
            return spec.map(fields -> pipeline(name.orElse("?"), fields));
        });
    }

    private static Optional<String> name(Cursor metadata) {
        return metadata.fields()
                .flatMap(fields -> fields.require("name"))
                .flatMap(Names::label)
                .map(Located::value);
    }

    private PipelineSpec pipeline(String name, Fields spec) {
        int maxParallelism = spec.find("maxParallelism")
                .flatMap(value -> value.integer(1, 1 << 15))
                .map(Long::intValue)
                .orElse(Pipeline.DEFAULT_MAX_PARALLELISM);
        CheckpointConfig checkpoint = checkpoints.read(spec.find("checkpoint"));
        StateConfig state = spec.find("state").flatMap(PipelineReader::state).orElse(DEFAULT_STATE);
        Optional<RestoreFrom> restoreFrom = spec.find("restoreFrom").flatMap(PipelineReader::restoreFrom);
        List<StageSpec> read = stages(spec);
        spec.ignore("image", "template", "suspend", "deletionPolicy", "coordinator", "upgrade", "tls")
                .rejectOthers();
        return new PipelineSpec(name, maxParallelism, checkpoint, state, restoreFrom, read);
    }

    private List<StageSpec> stages(Fields spec) {
        List<StageSpec> read = new ArrayList<>();
        spec.require("stages").ifPresent(list -> {
            Problems problems = list.problems();
            int before = problems.count();
            list.items().forEach(item -> item.fields().map(stages::read).ifPresent(read::add));
            if (read.isEmpty() && problems.count() == before) {
                problems.add(list.place(), "a pipeline has at least one stage");
            }
        });
        return read;
    }

    private static Optional<StateConfig> state(Cursor cursor) {
        return cursor.fields().map(fields -> {
            StateConfig.Backend backend = fields.find("backend")
                    .flatMap(value -> value.oneOf(Words.BACKENDS))
                    .orElse(DEFAULT_STATE.backend());
            boolean incremental =
                    fields.find("incremental").flatMap(Cursor::bool).orElse(true);
            fields.ignore("volume").rejectOthers();
            return new StateConfig(backend, incremental);
        });
    }

    private static Optional<RestoreFrom> restoreFrom(Cursor cursor) {
        return cursor.fields().flatMap(fields -> {
            boolean allowDropped =
                    fields.find("allowDroppedState").flatMap(Cursor::bool).orElse(false);
            List<RestoreFrom> found = new ArrayList<>();
            Words.RESTORE_KINDS.forEach((word, kind) -> fields.find(word)
                    .flatMap(Cursor::text)
                    .ifPresent(reference -> found.add(new RestoreFrom(kind, reference, allowDropped))));
            fields.rejectOthers();
            if (found.size() != 1) {
                cursor.problem("names exactly one of checkpoint, savepoint and uri");
                return Optional.empty();
            }
            return Optional.of(found.getFirst());
        });
    }
}

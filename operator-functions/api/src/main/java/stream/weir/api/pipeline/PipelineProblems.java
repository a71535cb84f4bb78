package stream.weir.api.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules that a pipeline keeps, however it was written. Pure; every call looks at everything. */
public final class PipelineProblems {
    private static final int MAX_KEY_GROUPS = 32768;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Pipeline pipeline;
    private final List<Problem> found = new ArrayList<>();

    private PipelineProblems(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** All problems, those of the pipeline first, then stage by stage; empty when it can run. */
    public static List<Problem> of(Pipeline pipeline) {
        PipelineProblems problems = new PipelineProblems(pipeline);
        problems.wholePipeline();
        problems.checkpoints();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            problems.stage("stages[" + i + "]", pipeline.stages().get(i));
        }
        problems.found.addAll(CycleProblems.of(pipeline));
        return List.copyOf(problems.found);
    }

    private void wholePipeline() {
        name("name", pipeline.name());
        int groups = pipeline.maxParallelism();
        require(groups >= 1 && groups <= MAX_KEY_GROUPS, "maxParallelism", groups, "is not between 1 and 32768");
        require(!pipeline.stages().isEmpty(), "stages", "[]", "holds no stage: a pipeline has at least one");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < pipeline.stages().size(); i++) {
            String name = pipeline.stages().get(i).name();
            require(
                    names.add(name),
                    "stages[" + i + "].name",
                    name,
                    "is the name of an earlier stage: choose another one");
        }
    }

    private void checkpoints() {
        CheckpointConfig config = pipeline.checkpoint();
        positive("checkpoint.interval", config.interval());
        positive("checkpoint.timeout", config.timeout());
        notNegative("checkpoint.minPause", config.minPause());
        atLeastOne("checkpoint.maxConcurrent", config.maxConcurrent());
        atLeastOne("checkpoint.retained", config.retained());
        require(
                config.tolerableFailures() >= -1,
                "checkpoint.tolerableFailures",
                config.tolerableFailures(),
                "is neither a number of failures nor -1 (any number)");
    }

    private void stage(String path, Stage stage) {
        name(path + ".name", stage.name());
        atLeastOne(path + ".replicas", stage.replicas());
        require(
                stage.replicas() <= pipeline.maxParallelism(),
                path + ".replicas",
                stage.replicas(),
                "is more than maxParallelism, " + pipeline.maxParallelism()
                        + ": there would be replicas without a key group");
        boolean hasSource = stage.source().isPresent();
        boolean hasInputs = !stage.inputs().isEmpty();
        require(hasSource || hasInputs, path, stage.name(), "has neither a source nor inputs: give it one of them");
        require(
                !hasSource || !hasInputs,
                path,
                stage.name(),
                "has both a source and inputs: put the source into a stage of its own");
        stage.source().ifPresent(source -> source(path + ".source", source));
        found.addAll(InputProblems.of(pipeline, stage, path));
        found.addAll(StepProblems.of(stage, path));
    }

    private void source(String path, SourceStep<?> source) {
        source.rate()
                .ifPresent(rate ->
                        require(rate >= 1, path + ".rate", rate, "is not a number of records per second, at least 1"));
        source.eventTime().ifPresent(time -> {
            notNegative(path + ".eventTime.maxOutOfOrderness", time.maxOutOfOrderness());
            time.idleTimeout().ifPresent(idle -> positive(path + ".eventTime.idleTimeout", idle));
        });
    }

    private void name(String path, String name) {
        require(
                DNS_LABEL.matcher(name).matches(),
                path,
                name.isEmpty() ? "\"\"" : name,
                "is not a DNS label: small letters, digits and '-' within, 63 at most");
    }

    private void atLeastOne(String path, int value) {
        require(value >= 1, path, value, "is less than 1");
    }

    private void positive(String path, Duration value) {
        require(value.compareTo(Duration.ofMillis(1)) >= 0, path, value, "is less than a millisecond");
    }

    private void notNegative(String path, Duration value) {
        require(!value.isNegative(), path, value, "is negative");
    }

    private void require(boolean holds, String path, Object value, String why) {
        if (!holds) {
            found.add(new Problem(path, value, why));
        }
    }
}

package stream.weir.operator.reconcile;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.definition.PipelineOutline;
import stream.weir.kubernetes.resource.PipelineStage;
import stream.weir.kubernetes.resource.StageInput;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.kubernetes.resource.Weir;
import stream.weir.operator.autoscale.Autoscaler;
import stream.weir.operator.autoscale.PipelineShape;
import stream.weir.operator.autoscale.PipelineShape.Distribution;
import stream.weir.operator.autoscale.PipelineShape.Input;
import stream.weir.operator.autoscale.PipelineShape.StageShape;
import stream.weir.operator.autoscale.ScalingDecision;
import stream.weir.operator.autoscale.ScalingMode;
import stream.weir.operator.autoscale.ScalingProblem;
import stream.weir.operator.autoscale.ScalingSettings;
import stream.weir.operator.autoscale.SettingsReader;
import stream.weir.operator.autoscale.StageAdvice;
import stream.weir.operator.job.JobStatus;
import stream.weir.operator.plan.Observed;
import stream.weir.operator.resource.Subject;

/** Gives the autoscaler what the coordinator says, and writes what it decides where users would: into StreamStages. */
final class Autoscaling {
    private static final Logger LOG = LoggerFactory.getLogger(Autoscaling.class);

    private final Cluster cluster;
    private final Map<JobKey, Scaled> known = new ConcurrentHashMap<>();

    private record Scaled(long generation, Autoscaler autoscaler) {}

    Autoscaling(Cluster cluster) {
        this.cluster = cluster;
    }

    /** All that is wrong with settings of scaling. */
    List<String> problems(StreamPipeline pipeline) {
        List<String> problems = new ArrayList<>();
        settings(pipeline).values().forEach(read -> read.problems().stream()
                .map(ScalingProblem::toString)
                .forEach(problems::add));
        return problems;
    }

    /** Advice for each stage of a pipeline or region that has settings of scaling; what is to be applied is. */
    List<StageAdvice> advise(StreamPipeline pipeline, Subject subject, PipelineOutline outline, Observed seen) {
        Map<String, ScalingSettings> settings = new HashMap<>();
        settings(pipeline).forEach((stage, read) -> {
            if (read.settings().mode() != ScalingMode.OFF && outline.revisions().containsKey(stage)) {
                settings.put(stage, read.settings());
            }
        });
        Optional<JobStatus> status = seen.status();
        if (settings.isEmpty() || status.isEmpty()) {
            return List.of();
        }
        long generation = pipeline.getMetadata().getGeneration();
        Scaled scaled = known.compute(JobKey.of(subject), (_, before) -> {
            PipelineShape shape = shape(subject, outline);
            if (before == null) {
                return new Scaled(generation, Autoscaler.of(shape, settings));
            }
            return before.generation() == generation
                    ? before
                    : new Scaled(generation, before.autoscaler().with(shape, settings));
        });
        ScalingDecision decision = scaled.autoscaler().step(Observations.of(status.get(), seen.now()));
        decision.apply().forEach((stage, count) -> apply(pipeline, stage, count));
        return decision.stages().stream()
                .filter(advice -> settings.containsKey(advice.stage()))
                .toList();
    }

    void forget(String namespace, String pipeline) {
        known.keySet().removeIf(job -> job.isOf(namespace, pipeline));
    }

    /** Under a name of its own, so that one sees who has scaled. */
    private void apply(StreamPipeline pipeline, String stage, int count) {
        String name = Weir.stage(pipeline.getMetadata().getName(), stage);
        LOG.info("{}: {} is to have {} replicas", pipeline.getMetadata().getName(), name, count);
        cluster.client()
                .resources(StreamStage.class)
                .inNamespace(pipeline.getMetadata().getNamespace())
                .withName(name)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager(Weir.FIELD_MANAGER_AUTOSCALER)
                                .build(),
                        "{\"spec\":{\"replicas\":" + count + "}}");
    }

    private Map<String, SettingsReader.Read> settings(StreamPipeline pipeline) {
        Map<String, SettingsReader.Read> all = new LinkedHashMap<>();
        int most = Optional.ofNullable(pipeline.getSpec().maxParallelism()).orElse(128);
        List<PipelineStage> stages = pipeline.getSpec().stages();
        for (int i = 0; i < stages.size(); i++) {
            PipelineStage stage = stages.get(i);
            if (stage.scale() != null) {
                Map<String, Object> fields = new LinkedHashMap<>();
                Map<?, ?> plain = cluster.client().getKubernetesSerialization().convertValue(stage.scale(), Map.class);
                plain.forEach((name, value) -> fields.put(String.valueOf(name), value));
                all.put(
                        stage.name(),
                        SettingsReader.read("spec.stages[" + i + "].scale", fields, ScalingSettings.defaults(), most));
            }
        }
        return all;
    }

    /** A stage behind a durable edge is, for its region, one that has a source. */
    private static PipelineShape shape(Subject subject, PipelineOutline outline) {
        return new PipelineShape(
                outline.maxParallelism(),
                subject.spec().stages().stream()
                        .filter(subject::has)
                        .map(stage -> new StageShape(
                                stage.name(),
                                Optional.ofNullable(stage.inputs()).orElse(List.of()).stream()
                                        .filter(input -> input.durable() == null)
                                        .map(Autoscaling::input)
                                        .toList(),
                                stage.sink() != null,
                                OptionalInt.empty()))
                        .toList());
    }

    private static Input input(StageInput input) {
        int dot = input.from().indexOf('.');
        String from = dot < 0 ? input.from() : input.from().substring(0, dot);
        if (input.keyBy() != null) {
            return new Input(from, Distribution.BY_KEY);
        }
        return new Input(
                from,
                switch (input.partition()) {
                    case forward -> Distribution.FORWARD;
                    case broadcast -> Distribution.BROADCAST;
                    case rebalance -> Distribution.REBALANCE;
                    case null -> Distribution.REBALANCE;
                });
    }
}

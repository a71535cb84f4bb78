package stream.weir.operator.resource;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import stream.weir.kubernetes.resource.PipelineSpec;
import stream.weir.kubernetes.resource.PipelineStage;
import stream.weir.kubernetes.resource.StreamPipeline;
import stream.weir.kubernetes.resource.Weir;

/**
 * The pipeline that objects are made for, or one region of it.
 *
 * @param labels of the pipeline, which its objects inherit
 * @param fileText what the processes read
 * @param fileHash short hash of it, without numbers of replicas
 * @param region empty where the pipeline has only one
 */
public record Subject(
        String namespace,
        String name,
        String uid,
        Map<String, String> labels,
        PipelineSpec spec,
        String fileText,
        String fileHash,
        Optional<Region> region) {
    private static final String APP = "app.kubernetes.io/";
    /** The label that says which region an object is of: its name, which is the pipeline's where there is only one. */
    public static final String INSTANCE = APP + "instance";

    /** Of tools that compare what is there with what they applied: their marks are not to be copied. */
    private static final List<String> NOT_INHERITED =
            List.of(APP, "argocd.argoproj.io/", "kustomize.toolkit.fluxcd.io/");

    public Subject {
        labels = Map.copyOf(labels);
    }

    /** A part of a pipeline between durable edges: a job of its own. */
    public record Region(String name, List<String> stages) {
        public Region {
            stages = List.copyOf(stages);
        }
    }

    /** @param file text and hash */
    public static Subject of(StreamPipeline pipeline, PipelineFileText file) {
        ObjectMeta meta = pipeline.getMetadata();
        Map<String, String> inherited =
                new HashMap<>(Optional.ofNullable(meta.getLabels()).orElse(Map.of()));
        inherited.keySet().removeIf(key -> NOT_INHERITED.stream().anyMatch(key::startsWith));
        return new Subject(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                inherited,
                pipeline.getSpec(),
                file.text(),
                file.hash(),
                Optional.empty());
    }

    /** The same pipeline, as far as one of its several regions goes. */
    public Subject of(Region one) {
        return new Subject(namespace, name, uid, labels, spec, fileText, fileHash, Optional.of(one));
    }

    /** What its job is called, at the coordinator and in the store: as the region, and so as the pipeline where that has only one. */
    public String job() {
        return region.map(Region::name).orElse(name);
    }

    /** Whether it has what a pipeline has once: the region of the pipeline's name does, as there always is one. */
    boolean isMain() {
        return job().equals(name);
    }

    public boolean has(PipelineStage stage) {
        return region.map(one -> one.stages().contains(stage.name())).orElse(true);
    }

    public String configMap() {
        return name + "-" + fileHash;
    }

    public String deployment(String stage, String revision) {
        return name + "-" + stage + "-" + revision;
    }

    Optional<PipelineStage> stage(String stage) {
        return spec.stages().stream().filter(one -> one.name().equals(stage)).findFirst();
    }

    /** Name, labels and owner of an object that goes with the pipeline. */
    ObjectMeta meta(String object, String component, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.putAll(labels(component));
        all.putAll(more);
        return new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(object)
                .withLabels(all)
                .withOwnerReferences(owner())
                .build();
    }

    Map<String, String> labels(String component) {
        Map<String, String> all = new LinkedHashMap<>(selector(component));
        all.put(APP + "managed-by", "weir-operator");
        all.put(APP + "part-of", name);
        region.ifPresent(one -> all.put(Weir.LABEL_REGION, one.name()));
        return all;
    }

    /**
     * What selects the pods of a component; does not change in a pipeline's life. Regions differ by the instance, so that a pipeline that
     * gets a second region keeps what it has of the first.
     */
    Map<String, String> selector(String component) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(APP + "name", "weir");
        all.put(INSTANCE, job());
        all.put(APP + "component", component);
        all.put(Weir.LABEL_PIPELINE, name);
        return all;
    }

    private OwnerReference owner() {
        return new OwnerReferenceBuilder()
                .withApiVersion(Weir.API_VERSION)
                .withKind("StreamPipeline")
                .withName(name)
                .withUid(uid)
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}

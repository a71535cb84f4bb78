package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a pipeline shall do. The same words as in a pipeline file; {@code docs/reference/pipeline-file.md} says what they mean. */
@Part
@ValidationRule(
        value = "self.stages.all(s, !has(s.replicas) || s.replicas <= self.maxParallelism)",
        message = "a stage cannot have more replicas than the pipeline has key groups (maxParallelism)",
        fieldPath = ".stages")
@ValidationRule(
        value =
                "self.stages.all(s, !has(s.inputs) || s.inputs.all(i, self.stages.exists(t, t.name == i.from.split('.')[0])))",
        message = "an input reads a stage of this pipeline, as STAGE or STAGE.OUTPUT",
        fieldPath = ".stages")
@ValidationRule(
        value = "self.maxParallelism == oldSelf.maxParallelism",
        message = "maxParallelism cannot be changed: the key groups of all state depend on it",
        fieldPath = ".maxParallelism")
@ValidationRule(
        value = "has(self.tls) == has(oldSelf.tls) || (has(self.suspend) && self.suspend)",
        message =
                "tls is switched on or off while the pipeline rests (suspend: true): processes with it and without do not speak to each other",
        fieldPath = ".tls")
public record PipelineSpec(
        @JsonPropertyDescription(
                "Number of key groups, 1 to 32768, and with it the most replicas that a stage can have. Cannot be changed.")
        @Default("128")
        @Min(1)
        @Max(32768)
        @Nullable
        Integer maxParallelism,

        @JsonPropertyDescription(
                "Whether the pipeline rests: it stops with a last checkpoint, and its pods go. Set to false it goes on from there.")
        @Nullable
        Boolean suspend,

        @JsonPropertyDescription(
                "What becomes of the data in the store when the pipeline is deleted: Retain (unless told) leaves all, Delete removes checkpoints and files but no savepoints, Savepoint takes a last savepoint first.")
        @Nullable
        DeletionPolicy deletionPolicy,

        @JsonPropertyDescription(
                "Image of all stages that name none of their own. Unless told the stock image of the operator's settings.")
        @Size(max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription("When checkpoints are taken, and where they go.") @Nullable
        CheckpointPolicy checkpoint,

        @JsonPropertyDescription("Where replicas keep their state.") @Nullable
        StateSpec state,

        @JsonPropertyDescription("What the first start begins with. Later starts go on from the newest checkpoint.")
        @Nullable
        RestoreSpec restoreFrom,

        @JsonPropertyDescription(
                "Mutual TLS of all connections between the pipeline's processes; none unless told. Is switched on or off while the pipeline rests.")
        @Nullable
        TlsSpec tls,

        @JsonPropertyDescription("The pods that coordinate the pipeline.") @Nullable
        CoordinatorSettings coordinator,

        @JsonPropertyDescription("How a changed pipeline takes the place of the running one.") @Nullable
        UpgradePolicy upgrade,

        @JsonPropertyDescription(
                "Pod template (metadata and spec, as in a Deployment) that is merged into the pods of all stages and of the coordinator.")
        @PreserveUnknownFields
        @Nullable
        Map<String, Object> template,

        @JsonPropertyDescription("The stages of the graph, in any order.") @Required @Size(min = 1, max = 64)
        List<PipelineStage> stages) {}

package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/** What a stage shall be. The operator owns all but {@code replicas}, which it writes once. */
@Part
@ValidationRule(
        value = "!has(self.replicas) || !has(self.keyGroups) || self.replicas <= self.keyGroups",
        message =
                "a stage cannot have more replicas than the pipeline has key groups (maxParallelism): each replica holds at least one",
        fieldPath = ".replicas")
@ValidationRule(
        value = "self.pipeline == oldSelf.pipeline && self.stage == oldSelf.stage",
        message = "pipeline and stage cannot be changed")
public record StageSpec(
        @JsonPropertyDescription("Name of the StreamPipeline.") @Required @Size(max = 63)
        String pipeline,

        @JsonPropertyDescription("Name of the stage in it.") @Required @Size(max = 63)
        String stage,

        @JsonPropertyDescription("Replicas that shall run: what kubectl scale, an HPA, KEDA or the autoscaler writes.")
        @SpecReplicas
        @Min(1)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Key groups of the pipeline, and with it the most replicas.") @Min(1) @Nullable
        Integer keyGroups,

        @JsonPropertyDescription("Image that the pods run.") @Nullable
        String image,

        @JsonPropertyDescription("Revision of the stage that shall run.") @Nullable
        String revision,

        @JsonPropertyDescription("How the number of replicas follows the load.") @Nullable
        ScaleSpec scale) {}

package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A stage: a chain of steps run in one process. */
@Part
@ValidationRule(value = "!(has(self.source) && has(self.inputs))", message = "a stage has a source or inputs, not both")
@ValidationRule(
        value = "!has(self.inputs) || self.inputs.all(i, i.from.split('.')[0] != self.name)",
        message = "a stage does not read itself",
        fieldPath = ".inputs")
public record PipelineStage(
        @JsonPropertyDescription("Name of the stage, a DNS label; state is found again by it.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern(Schemas.LABEL)
        String name,

        @JsonPropertyDescription(
                "Number of replicas to begin with, 1 unless told. Later the StreamStage is scaled, and this is not looked at.")
        @Min(1)
        @Max(32768)
        @Nullable
        Integer replicas,

        @JsonPropertyDescription("Image with the stage's own functions and connectors.") @Size(max = 512) @Nullable
        String image,

        @JsonPropertyDescription("How the number of replicas follows the load.") @Nullable
        ScaleSpec scale,

        @JsonPropertyDescription("Pod template that is merged over the pipeline's one.")
        @PreserveUnknownFields
        @Nullable
        Map<String, Object> template,

        @JsonPropertyDescription(
                "What the stage reads from outside: one connector (file, generator, kafka, http, s3, or one of the image's own), and beside it eventTime, rate and onError.")
        @SchemaFrom(type = Schemas.Source.class)
        @PreserveUnknownFields
        @Nullable
        Map<String, Object> source,

        @JsonPropertyDescription("The stages that it reads.") @Size(min = 1, max = 16) @Nullable
        List<StageInput> inputs,

        @JsonPropertyDescription("What is done with each row, in this order; each does one thing.")
        @SchemaFrom(type = Schemas.Step[].class)
        @Size(max = 64)
        @Nullable
        List<Map<String, Object>> steps,

        @JsonPropertyDescription(
                "Where the rows go: one connector (file, stdout, kafka, http, jdbc, s3, or one of the image's own).")
        @SchemaFrom(type = Schemas.Sink.class)
        @PreserveUnknownFields
        @Nullable
        Map<String, Object> sink) {}

package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the first start begins with; later starts go on from the newest checkpoint. */
@Part
@ValidationRule(
        value = "[has(self.checkpoint), has(self.savepoint), has(self.uri)].filter(x, x).size() == 1",
        message = "restoreFrom names exactly one of checkpoint, savepoint and uri")
public record RestoreSpec(
        @JsonPropertyDescription(
                "Name of a StreamCheckpoint in this namespace, also of another pipeline, or the number of a checkpoint below the same uri.")
        @Size(max = 253)
        @Nullable
        String checkpoint,

        @JsonPropertyDescription(
                "Name of a StreamSavepoint in this namespace, also of another pipeline, or of a savepoint in the pipeline's own folder.")
        @Size(max = 253)
        @Nullable
        String savepoint,

        @JsonPropertyDescription("Where a checkpoint's document or a savepoint's folder is.")
        @Size(max = 1024)
        @Nullable
        String uri,

        @JsonPropertyDescription("Whether state that no step claims may be left behind; false unless told.") @Nullable
        Boolean allowDroppedState) {}

package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The coordinator's own view. */
@Part
public record CoordinatorStatus(
        @JsonPropertyDescription("The pod that leads.") @Nullable
        String leader,

        @JsonPropertyDescription("Number of its leadership; grows.") @Nullable
        Long term,

        @JsonPropertyDescription("Number of the present run; a new one begins when replicas roll back.") @Nullable
        Long run,

        @JsonPropertyDescription(
                "Where the job is: STARTING, RUNNING, RECOVERING, RESHAPING, COMPLETED, STOPPED or FAILED.")
        @Nullable
        String phase,

        @JsonPropertyDescription("Why it is there.") @Nullable
        String detail,

        @JsonPropertyDescription("Revision of each stage in the present run.") @Nullable
        Map<String, String> revisions,

        @JsonPropertyDescription("The newest complete checkpoint.") @Nullable
        CheckpointEntry last,

        @JsonPropertyDescription("Checkpoints under way, by number.") @Size(max = 20) @Nullable
        List<CheckpointEntry> inFlight,

        @JsonPropertyDescription("The last one that failed.") @Nullable
        CheckpointEntry lastFailed,

        @JsonPropertyDescription("The last ones that ended, newest first.") @Size(max = 20) @Nullable
        List<CheckpointEntry> history,

        @JsonPropertyDescription("Complete checkpoints since this leader took over.") @Nullable
        Long completed,

        @JsonPropertyDescription("Failed ones.") @Nullable Long failed,

        @JsonPropertyDescription("Failed ones since the last complete one.") @Nullable
        Long consecutiveFailures,

        @JsonPropertyDescription("When this was written.") @Nullable
        String updatedAt,

        @JsonPropertyDescription("Ready, CheckpointHealthy.") @Nullable
        List<Condition> conditions) {}

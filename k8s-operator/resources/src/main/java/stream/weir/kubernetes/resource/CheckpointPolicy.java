package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** When checkpoints are taken, and where they go. */
@Part
public record CheckpointPolicy(
        @JsonPropertyDescription("From one trigger to the next, as 10s; 10s unless told.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String interval,

        @JsonPropertyDescription("A checkpoint that is not complete by then is aborted; 10m unless told.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String timeout,

        @JsonPropertyDescription("Least time between the end of one and the next trigger; 0s unless told.")
        @Pattern(Schemas.DURATION)
        @Size(max = 20)
        @Nullable
        String minPause,

        @JsonPropertyDescription("How many may be in progress at once; 1 unless told.") @Min(1) @Nullable
        Integer maxConcurrent,

        @JsonPropertyDescription(
                "Failed checkpoints in a row that do not fail the job; 0 unless told, -1 for any number.")
        @Min(-1)
        @Nullable
        Integer tolerableFailures,

        @JsonPropertyDescription(
                "How many complete checkpoints are kept at least; 3 unless told. One is deleted when so many newer ones are older than timeout and a minute.")
        @Min(1)
        @Nullable
        Integer retained,

        @JsonPropertyDescription("ExactlyOnce, unless told, or AtLeastOnce.") @Nullable
        CheckpointMode mode,

        @JsonPropertyDescription("How much of the stream an alignment may hold back.") @Nullable
        Alignment alignment,

        @JsonPropertyDescription("The store of checkpoints and savepoints.") @Nullable
        Snapshots snapshots) {
    /** The words of the grammar. */
    public enum CheckpointMode {
        ExactlyOnce,
        AtLeastOnce
    }

    /** How much of the stream an alignment may hold back. */
    @Part
    @ValidationRule(
            value =
                    "!has(self.maxBytes) || (type(self.maxBytes) == int ? (self.maxBytes == -1 || self.maxBytes > 0) : string(self.maxBytes).matches('^(-1|[1-9][0-9]*([KMGT]iB|B)?)$'))",
            message = "maxBytes is -1 (no limit) or a positive number of bytes such as 64MiB",
            fieldPath = ".maxBytes")
    public record Alignment(
            @JsonPropertyDescription(
                    "Most bytes that an alignment may hold back, as 64MiB; -1, unless told, for no limit but the links' credit.")
            @Nullable
            IntOrString maxBytes,

            @JsonPropertyDescription(
                    "Whether what is held back goes to disk, so that senders go on; false unless told.")
            @Nullable
            Boolean spill) {}

    /** The store of checkpoints and savepoints. */
    @Part
    @ValidationRule(
            value = "!has(self.client) || self.client != 'minio' || has(self.endpoint)",
            message = "the client minio needs an endpoint")
    public record Snapshots(
            @JsonPropertyDescription(
                    "file:DIR or s3://BUCKET/PREFIX; data go below it, under the pipeline's name. A file: folder has to be a volume that all pods share.")
            @Required
            @Size(max = 1024)
            @Pattern("^(file:.+|s3://.+)$")
            String uri,

            @JsonPropertyDescription("aws (the AWS SDK), unless told, or minio (MinIO's client).") @Nullable
            Client client,

            @JsonPropertyDescription("http://HOST:PORT or https://HOST:PORT of a store that is not Amazon's.")
            @Pattern("^https?://.+$")
            @Size(max = 512)
            @Nullable
            String endpoint,

            @JsonPropertyDescription("Region of the bucket.") @Nullable
            String region,

            @JsonPropertyDescription("Whether the bucket is in the path instead of the host name; false unless told.")
            @Nullable
            Boolean pathStyle,

            @JsonPropertyDescription(
                    "A Secret in the pipeline's namespace with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. It is mounted; the operator does not read it.")
            @Pattern("^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$")
            @Size(max = 253)
            @Nullable
            String credentialsSecret) {
        /** The words of the grammar. */
        public enum Client {
            aws,
            minio
        }
    }
}

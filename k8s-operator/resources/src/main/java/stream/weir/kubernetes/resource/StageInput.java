package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An edge of the graph, at the end that reads. */
@Part
@ValidationRule(
        value = "!(has(self.keyBy) && has(self.partition))",
        message = "rows are spread by keyBy or by partition, not by both")
public record StageInput(
        @JsonPropertyDescription("STAGE, or STAGE.OUTPUT for an output beside the main one, as orders.deadLetters.")
        @Required
        @Size(min = 1, max = 128)
        String from,

        @JsonPropertyDescription("Fields of the key: all rows of a key go to one replica.")
        @Size(min = 1, max = 32)
        @Nullable
        List<String> keyBy,

        @JsonPropertyDescription(
                "How rows without a key are spread: in turn (rebalance, unless told), from each replica to that of the same index (forward), or all to every replica (broadcast).")
        @Nullable
        Partition partition,

        @JsonPropertyDescription(
                "What the rows go over instead of connections: one connector (kafka, or one of the image's own) with its options. The stages on both sides are regions: each has checkpoints and a coordinator of its own.")
        @PreserveUnknownFields
        @Nullable
        Map<String, Object> durable) {
    /** The words of the grammar. */
    public enum Partition {
        forward,
        rebalance,
        broadcast
    }
}

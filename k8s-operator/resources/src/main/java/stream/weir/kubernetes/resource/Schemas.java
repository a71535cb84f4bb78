package stream.weir.kubernetes.resource;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of what is an open map in the classes, because connectors and functions have options of their own. Nothing is read into
 * these records: the CRDs are made from them.
 */
final class Schemas {
    static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    static final String DURATION = "^(0|[0-9]+(ms|s|m|h|d))$";

    static final String TIME = "^[0-9]{1,9}(ms|s|m|h)$";

    private Schemas() {}

    /** The words of the grammar. */
    enum OnError {
        fail,
        skip,
        deadLetter
    }

    record Source(
            @JsonPropertyDescription("Files of a volume that the pods mount.") @PreserveUnknownFields
            Map<String, Object> file,

            @JsonPropertyDescription("Rows that are made up, for trials and load.") @PreserveUnknownFields
            Map<String, Object> generator,

            @JsonPropertyDescription("Topics of Apache Kafka.") @PreserveUnknownFields
            Map<String, Object> kafka,

            @JsonPropertyDescription("Rows that are posted over HTTP.") @PreserveUnknownFields
            Map<String, Object> http,

            @JsonPropertyDescription("Objects of a bucket.") @PreserveUnknownFields
            Map<String, Object> s3,

            @JsonPropertyDescription("Where event time comes from.")
            EventTime eventTime,

            @JsonPropertyDescription("Rows per second of all replicas together; no limit unless told.") @Min(1)
            Long rate,

            @JsonPropertyDescription(
                    "What is done about data that cannot be read as a row: fail (unless told), skip, deadLetter.")
            OnError onError) {}

    record EventTime(
            @JsonPropertyDescription("A timestamp, or an int of milliseconds since 1970.") @Required
            String field,

            @JsonPropertyDescription(
                    "How far behind the greatest time a row may come without being late; 0s unless told.")
            @Pattern(DURATION)
            String maxOutOfOrderness,

            @JsonPropertyDescription(
                    "After this long without a row a split no longer holds the watermark back; never unless told.")
            @Pattern(DURATION)
            String idleTimeout) {}

    record Sink(
            @JsonPropertyDescription("Files of committed rows in a folder of a volume.") @PreserveUnknownFields
            Map<String, Object> file,

            @JsonPropertyDescription("The log of the pod.") @PreserveUnknownFields
            Map<String, Object> stdout,

            @JsonPropertyDescription("A topic of Apache Kafka.") @PreserveUnknownFields
            Map<String, Object> kafka,

            @JsonPropertyDescription("Posts to a URL.") @PreserveUnknownFields
            Map<String, Object> http,

            @JsonPropertyDescription("A table of a database.") @PreserveUnknownFields
            Map<String, Object> jdbc,

            @JsonPropertyDescription("Objects of a bucket.") @PreserveUnknownFields
            Map<String, Object> s3) {}

    @ValidationRule(
            value =
                    "[has(self.filter), has(self.map), has(self.flatMap), has(self.aggregate), has(self.join), has(self.deduplicate), has(self.function)].filter(x, x).size() == 1",
            message = "a step is exactly one of filter, map, flatMap, aggregate, join, deduplicate and function")
    record Step(
            @JsonPropertyDescription(
                    "Name of the step, a DNS label; state is found again by it. Unless told the kind, then KIND-2 and so on.")
            @Pattern(LABEL)
            @Size(max = 63)
            String name,

            @JsonPropertyDescription(
                    "What is done about rows on which the step fails: fail (unless told), skip, deadLetter.")
            OnError onError,

            @JsonPropertyDescription("Keeps rows for which the CEL expression is true.")
            String filter,

            @JsonPropertyDescription(
                    "Replaces the row by these fields, each with its CEL expression. The API server orders them by name.")
            @PreserveUnknownFields
            Map<String, Object> map,

            @JsonPropertyDescription("One row for each element of a list, with the other fields kept.")
            FlatMap flatMap,

            @JsonPropertyDescription("Results over the rows of each key.")
            Aggregate aggregate,

            @JsonPropertyDescription(
                    "Pairs of rows of equal keys; the first step of a stage with exactly these two inputs.")
            Join join,

            @JsonPropertyDescription("Lets the first row of each identity through.")
            Deduplicate deduplicate,

            @JsonPropertyDescription("A function written in Java.")
            Function function) {}

    record FlatMap(
            @JsonPropertyDescription("Field of the element.") @Required
            String as,

            @JsonPropertyDescription("CEL expression of a list; one row for each element.") @Required
            String of) {}

    record Aggregate(
            @JsonPropertyDescription("Without one: a running result.")
            Window window,

            @JsonPropertyDescription("How long after its end a window takes rows; 0s unless told.") @Pattern(DURATION)
            String allowedLateness,

            @JsonPropertyDescription("drop, unless told, or {to: STAGE}.") @PreserveUnknownFields @Nullable
            Object late,

            @JsonPropertyDescription(
                    "Name of the result to one function, as {spent: {sum: cents}}. The API server orders them by name.")
            @Required
            @PreserveUnknownFields
            Map<String, Object> fields) {}

    @ValidationRule(
            value = "[has(self.tumbling), has(self.sliding), has(self.session)].filter(x, x).size() == 1",
            message = "a window is one of tumbling, sliding and session")
    @ValidationRule(
            value = "has(self.sliding) == has(self.slide)",
            message = "a sliding window has sliding (its size) and slide")
    record Window(
            @JsonPropertyDescription("Size of windows that follow each other.") @Pattern(DURATION)
            String tumbling,

            @JsonPropertyDescription("Size of windows that overlap.") @Pattern(DURATION)
            String sliding,

            @JsonPropertyDescription("From the begin of one to that of the next, at most the size.") @Pattern(DURATION)
            String slide,

            @JsonPropertyDescription("Gap after which a session ends.") @Pattern(DURATION)
            String session) {}

    /** The words of the grammar. */
    enum JoinType {
        inner,
        left
    }

    @ValidationRule(value = "has(self.window) != has(self.within)", message = "a join has either window or within")
    record Join(
            @JsonPropertyDescription("The stage on the left.") @Required
            String left,

            @JsonPropertyDescription("The stage on the right.") @Required
            String right,

            @JsonPropertyDescription("Rows within one window are paired.")
            JoinWindow window,

            @JsonPropertyDescription("Rows at most that far apart in time are paired.") @Pattern(DURATION)
            String within,

            @JsonPropertyDescription("inner, unless told, or left.")
            JoinType type) {}

    record JoinWindow(
            @JsonPropertyDescription("Rows within one window of this size are paired.") @Required @Pattern(DURATION)
            String tumbling) {}

    record Deduplicate(
            @JsonPropertyDescription("Fields that make two rows the same; the whole row unless told.")
            List<String> by,

            @JsonPropertyDescription("How long in event time a row is remembered; for ever unless told.")
            @Pattern(DURATION)
            String within) {}

    record Function(
            @JsonPropertyDescription("Name of a function in the stage's image.") @Required
            String name,

            @JsonPropertyDescription("The first input of a function of two.")
            String left,

            @JsonPropertyDescription("The second one.") String right,

            @JsonPropertyDescription("What the function is told.") @PreserveUnknownFields
            Map<String, Object> config) {}
}

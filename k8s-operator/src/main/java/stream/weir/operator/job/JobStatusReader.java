package stream.weir.operator.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import stream.weir.operator.job.JobStatus.Checkpoint;
import stream.weir.operator.job.JobStatus.Figures;
import stream.weir.operator.job.JobStatus.Instance;
import stream.weir.operator.job.JobStatus.Lost;
import stream.weir.operator.job.JobStatus.Phase;
import stream.weir.operator.job.JobStatus.Reason;
import stream.weir.operator.job.JobStatus.Recovery;
import stream.weir.operator.job.JobStatus.Replica;
import stream.weir.operator.job.JobStatus.Stage;
import stream.weir.operator.job.JobStatus.Totals;

/** Reads the coordinator's JSON. What is absent is taken as nothing, as an older coordinator does not say all. */
final class JobStatusReader {
    private JobStatusReader() {}

    static JobStatus read(String leader, JsonNode view) {
        JsonNode checkpoints = view.path("checkpoints");
        return new JobStatus(
                phase(view.path("phase").asText("")),
                view.path("detail").asText(""),
                reasons(view.path("reasons")),
                leader,
                view.path("run").asLong(),
                view.path("term").asLong(),
                view.path("atMillis").asLong(),
                map(view.path("revisions"), JsonNode::asText),
                list(view.path("stages"), JobStatusReader::stage),
                present(checkpoints.path("newest")).map(JobStatusReader::checkpoint),
                present(checkpoints.path("history").path(0)).map(JobStatusReader::checkpoint),
                checkpoints.path("inProgress").size(),
                checkpoints.path("completed").asLong(),
                checkpoints.path("failed").asLong(),
                list(
                        view.path("lost"),
                        lost -> new Lost(
                                text(lost, "instance"),
                                text(lost, "stage"),
                                text(lost, "cause"),
                                lost.path("atMillis").asLong())),
                present(view.path("recoveries").path(0)).map(JobStatusReader::recovery));
    }

    private static Phase phase(String word) {
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.name().equals(word))
                .findFirst()
                .orElse(Phase.UNKNOWN);
    }

    private static Set<Reason> reasons(JsonNode words) {
        List<String> said = list(words, JsonNode::asText);
        return Arrays.stream(Reason.values())
                .filter(reason -> said.contains(reason.name()))
                .collect(Collectors.toSet());
    }

    private static Recovery recovery(JsonNode recovery) {
        return new Recovery(
                recovery.path("run").asLong(), recovery.path("toCheckpoint").asLong(), text(recovery, "cause"));
    }

    private static Stage stage(JsonNode stage) {
        return new Stage(
                text(stage, "name"),
                stage.path("wanted").asInt(stage.path("replicas").size()),
                list(stage.path("replicas"), JobStatusReader::replica),
                list(stage.path("instances"), JobStatusReader::instance));
    }

    private static Replica replica(JsonNode replica) {
        return new Replica(
                replica.path("index").asInt(),
                present(replica.path("instance")).map(JsonNode::asText),
                replica.path("connected").asBoolean(),
                replica.path("opened").asBoolean(),
                replica.path("finished").asBoolean(),
                present(replica.path("figures")).map(JobStatusReader::figures));
    }

    private static Instance instance(JsonNode instance) {
        return new Instance(
                text(instance, "name"),
                text(instance, "revision"),
                instance.path("connected").asBoolean(),
                present(instance.path("replica")).map(JsonNode::asInt));
    }

    private static Figures figures(JsonNode figures) {
        return new Figures(
                figures.path("records").asLong(),
                figures.path("recordsPerSecond").asDouble(),
                figures.path("busy").asDouble(),
                figures.path("blocked").asDouble(),
                figures.path("idle").asDouble(),
                number(figures.path("watermark")),
                present(figures.path("totals")).map(JobStatusReader::totals),
                number(figures.path("lag")),
                map(figures.path("sent"), JsonNode::asLong),
                map(figures.path("counts"), JsonNode::asLong));
    }

    private static Totals totals(JsonNode totals) {
        return new Totals(
                totals.path("upMillis").asLong(),
                totals.path("busyMillis").asLong(),
                totals.path("blockedMillis").asLong());
    }

    private static OptionalLong number(JsonNode node) {
        return present(node).map(JsonNode::asLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Checkpoint checkpoint(JsonNode checkpoint) {
        return new Checkpoint(
                checkpoint.path("id").asLong(),
                text(checkpoint, "status").equals("COMPLETED"),
                present(checkpoint.path("kind")).map(JsonNode::asText).orElse(""),
                checkpoint.path("atMillis").asLong(),
                checkpoint.path("durationMillis").asLong(),
                checkpoint.path("stateBytes").asLong(),
                checkpoint.path("uploadedBytes").asLong(),
                map(checkpoint.path("stages"), JsonNode::asLong),
                present(checkpoint.path("failure")).map(JsonNode::asText),
                text(checkpoint, "detail"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    private static Optional<JsonNode> present(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? Optional.empty() : Optional.of(node);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> each) {
        List<T> all = new ArrayList<>();
        array.forEach(node -> all.add(each.apply(node)));
        return all;
    }

    private static <T> Map<String, T> map(JsonNode object, Function<JsonNode, T> each) {
        Map<String, T> all = new LinkedHashMap<>();
        object.properties().forEach(entry -> all.put(entry.getKey(), each.apply(entry.getValue())));
        return all;
    }
}

package stream.weir.verification.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.checkpoint.JobFailure;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.verification.reference.ReasonsSource.Constant;

/** docs/reference/reasons.md has every word that says why. */
class ReasonReferenceTest {
    private static final String COORDINATOR = "coordinator/src/main/java/stream/weir/coordinator/";
    private static final String PROTOCOL = "operator-functions/protocol/src/main/java/stream/weir/protocol/";
    private static final String OPERATOR = "k8s-operator/src/main/java/stream/weir/operator/";
    private static final Pattern ANSWERED = Pattern.compile("(?:new Problem\\(|problem\\()[^;\"]*\"([A-Z_]+)\"");

    /** How a word is spelled where people see it. */
    private enum Spelling {
        AS_IT_IS,
        KUBERNETES
    }

    private record Family(String title, String source, String name, Spelling spelling) {}

    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "Why a checkpoint failed",
                    PROTOCOL + "checkpoint/CheckpointFailure.java",
                    "CheckpointFailure",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why a job failed for good",
                    COORDINATOR + "checkpoint/JobFailure.java",
                    "JobFailure",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why a job came into another state",
                    COORDINATOR + "checkpoint/StateReason.java",
                    "StateReason",
                    Spelling.AS_IT_IS),
            new Family(
                    "What somebody has to look at in a job that goes on",
                    COORDINATOR + "status/JobView.java",
                    "Reason",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why a pipeline does not start",
                    COORDINATOR + "store/StartRefusal.java",
                    "StartRefusal",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why a replica could not be opened",
                    PROTOCOL + "control/FromInstance.java",
                    "Cause",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why a process is told to end",
                    PROTOCOL + "control/ToInstance.java",
                    "Departure",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why the store did not do it",
                    "object-store/src/main/java/stream/weir/store/StoreFailure.java",
                    "StoreFailure",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why a connection was refused",
                    "network/src/main/java/stream/weir/network/wire/RefusalCode.java",
                    "RefusalCode",
                    Spelling.AS_IT_IS),
            new Family(
                    "What is wrong with a frame",
                    PROTOCOL + "frame/FrameFormatException.java",
                    "Reason",
                    Spelling.AS_IT_IS),
            new Family(
                    "Why the console refuses an order",
                    "console/src/main/java/stream/weir/console/OrderRefusedException.java",
                    "Reason",
                    Spelling.AS_IT_IS),
            condition("Ready", "ReadyReason"),
            condition("Reconciling", "ReconcilingReason"),
            condition("Stalled", "StalledReason"),
            condition("CheckpointHealthy", "CheckpointReason"),
            condition("Restorable", "RestorableReason"),
            condition("StateCompatible", "CompatibilityReason"),
            new Family("Of events", OPERATOR + "status/EventReason.java", "EventReason", Spelling.KUBERNETES),
            new Family(
                    "Why a stage has as many replicas",
                    OPERATOR + "autoscale/ScalingReason.java",
                    "ScalingReason",
                    Spelling.KUBERNETES));

    private static Family condition(String condition, String name) {
        return new Family(
                "Of the condition `" + condition + "`",
                OPERATOR + "status/" + name + ".java",
                name,
                Spelling.KUBERNETES);
    }

    @Test
    void when_reasons_change_then_the_reference_says_so() throws IOException {
        StringBuilder made = new StringBuilder();
        for (Family family : FAMILIES) {
            made.append("\n## ").append(family.title()).append("\n\n| word | |\n|---|---|\n");
            for (Constant each : constants(family)) {
                made.append("| `")
                        .append(spelled(each.name(), family.spelling()))
                        .append("` | ")
                        .append(meaning(each, family.spelling()))
                        .append(" |\n");
            }
        }
        Page.of("reasons.md").assertMade(made.toString());
    }

    @Test
    void when_there_is_a_reason_then_it_is_explained() throws IOException {
        for (Family family : FAMILIES) {
            assertThat(constants(family)).allSatisfy(each -> assertThat(meaning(each, family.spelling()))
                    .as(family.name() + "." + each.name())
                    .isNotEmpty());
        }
    }

    @Test
    void when_sources_are_read_then_no_constant_is_missed() throws IOException {
        assertThat(constants(FAMILIES.getFirst()))
                .extracting(Constant::name)
                .isEqualTo(Arrays.stream(CheckpointFailure.values())
                        .map(Enum::name)
                        .toList());
        assertThat(constants(FAMILIES.get(1)))
                .extracting(Constant::name)
                .isEqualTo(Arrays.stream(JobFailure.values()).map(Enum::name).toList());
    }

    @Test
    void when_the_rest_interface_answers_with_a_reason_then_the_page_has_it() throws IOException {
        // given
        Set<String> answered = new TreeSet<>();
        try (Stream<Path> files =
                Files.walk(Page.ROOT.resolve("coordinator-service/src/main/java/stream/weir/service/rest"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                ANSWERED.matcher(Files.readString(file)).results().forEach(found -> answered.add(found.group(1)));
            }
        }
        // then
        assertThat(answered).contains("NOT_LEADER", "INVALID");
        assertThat(Page.of("reasons.md").text())
                .contains(answered.stream().map(word -> "| `" + word + "` |").toList());
    }

    private static List<Constant> constants(Family family) throws IOException {
        return ReasonsSource.of(Page.source(family.source()), family.name());
    }

    /** The comment and what to do; in families of the operator without comments, the sentence. */
    private static String meaning(Constant constant, Spelling spelling) {
        String last = constant.texts().isEmpty() ? "" : constant.texts().getLast();
        if (constant.comment().isEmpty() || last.isEmpty()) {
            return constant.comment() + last;
        }
        return spelling == Spelling.KUBERNETES ? constant.comment() : constant.comment() + " What to do: " + last + ".";
    }

    /** As Kubernetes spells reasons: StagesNotReady. */
    private static String spelled(String name, Spelling spelling) {
        return switch (spelling) {
            case AS_IT_IS -> name;
            case KUBERNETES ->
                Arrays.stream(name.split("_"))
                        .map(part -> part.charAt(0) + part.substring(1).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining());
        };
    }
}

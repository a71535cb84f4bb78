package stream.weir.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.definition.PipelineFile;
import stream.weir.kubernetes.resource.StreamPipeline;

/**
 * Everything that is made for a pipeline, as files that people can read. To write them again:
 * {@code mvn -pl k8s-operator -am test -Dtest=ObjectsGoldenTest -Dweir.golden=write}.
 */
final class ObjectsGoldenTest {
    private static final Path FOLDER = Path.of(System.getProperty("weir.root", ".."))
            .resolve("k8s-operator/src/test/resources/stream/weir/operator/resource");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @Test
    void when_objects_are_made_then_they_are_those_of_the_golden_files() throws IOException {
        for (Map.Entry<String, String> file : generated().entrySet()) {
            Path golden = FOLDER.resolve(file.getKey());
            if ("write".equals(System.getProperty("weir.golden"))) {
                Files.createDirectories(FOLDER);
                Files.writeString(golden, file.getValue());
            }
            assertThat(golden).content().isEqualTo(file.getValue());
        }
    }

    @Test
    void when_a_file_is_made_of_a_resource_then_the_definition_reads_it_the_same() throws IOException {
        PipelineFileText file = PipelineFileText.of(pipeline(), Optional.of("s3://elsewhere/x/checkpoints/7"));
        assertThat(PipelineFile.outline(file.text(), Path.of("/etc/weir"))).isInstanceOf(PipelineFile.Outlined.class);
        assertThat(file.text())
                .contains("uri: \"s3://elsewhere/x/checkpoints/7\"")
                .doesNotContain("suspend", "deletionPolicy", "scale");
    }

    @Test
    void when_a_pipeline_has_two_regions_then_nothing_of_one_is_called_as_something_of_the_other() throws IOException {
        StreamPipeline pipeline =
                YAML.unmarshal(Files.readString(FOLDER.resolve("region-pipeline.yaml")), StreamPipeline.class);
        Subject whole = Subject.of(pipeline, PipelineFileText.of(pipeline, Optional.empty()));
        assertThat(PipelineFile.outline(whole.fileText(), Path.of("/etc/weir")))
                .isInstanceOfSatisfying(PipelineFile.Outlined.class, outlined -> assertThat(
                                outlined.outline().regions())
                        .containsExactly(
                                Map.entry("orders", List.of("in")),
                                Map.entry("orders-take", List.of("take", "totals"))));
        List<String> upper = names(whole.of(new Subject.Region("orders", List.of("in"))));
        List<String> lower = names(whole.of(new Subject.Region("orders-take", List.of("take", "totals"))));
        assertThat(upper).as("as those of a pipeline with one region").isEqualTo(names(whole));
        assertThat(lower).doesNotContainAnyElementsOf(upper).hasSize(upper.size() - 2);
    }

    private static List<String> names(Subject subject) {
        return new SharedObjects(subject)
                .all().stream()
                        .map(object ->
                                object.getKind() + "/" + object.getMetadata().getName())
                        .toList();
    }

    @Test
    void when_only_numbers_of_replicas_differ_then_the_hash_is_the_same() throws IOException {
        String text = Files.readString(FOLDER.resolve("pipeline.yaml"));
        PipelineFileText one = PipelineFileText.of(YAML.unmarshal(text, StreamPipeline.class), Optional.empty());
        PipelineFileText other = PipelineFileText.of(
                YAML.unmarshal(text.replace("replicas: 2", "replicas: 9"), StreamPipeline.class), Optional.empty());
        assertThat(other.hash()).isEqualTo(one.hash());
        assertThat(PipelineFileText.of(
                                YAML.unmarshal(text.replace("cents > 0", "cents > 1"), StreamPipeline.class),
                                Optional.empty())
                        .hash())
                .isNotEqualTo(one.hash());
    }

    private static Map<String, String> generated() throws IOException {
        StreamPipeline pipeline = pipeline();
        Subject subject = Subject.of(pipeline, PipelineFileText.of(pipeline, Optional.empty()));
        PodSettings settings = PodSettings.defaults();
        StageObjects stages = new StageObjects(subject, settings);
        Map<String, String> files = new LinkedHashMap<>();
        files.put("stage.yaml", YAML.asYaml(stages.deployment("totals", "0123456789", 2)));
        files.put("stage-check.yaml", YAML.asYaml(stages.check("totals", "0123456789")));
        files.put("stage-record.yaml", YAML.asYaml(stages.scaled("totals", "0123456789", 2)));
        files.put(
                "coordinator.yaml",
                YAML.asYaml(new CoordinatorObjects(subject, settings)
                        .deployment(2, Instant.parse("2026-01-01T00:00:00Z"), Optional.empty())));
        List<String> shared = new ArrayList<>();
        SharedObjects objects = new SharedObjects(subject);
        shared.add(YAML.asYaml(objects.file()));
        for (HasMetadata object : objects.all()) {
            shared.add(YAML.asYaml(object));
        }
        files.put("shared.yaml", String.join("", shared));
        files.putAll(ofRegion());
        return files;
    }

    /** What the lower of two regions has of its own. */
    private static Map<String, String> ofRegion() throws IOException {
        StreamPipeline pipeline =
                YAML.unmarshal(Files.readString(FOLDER.resolve("region-pipeline.yaml")), StreamPipeline.class);
        Subject subject = Subject.of(pipeline, PipelineFileText.of(pipeline, Optional.empty()))
                .of(new Subject.Region("orders-take", List.of("take", "totals")));
        PodSettings settings = PodSettings.defaults();
        List<String> objects = new ArrayList<>();
        for (HasMetadata object : new SharedObjects(subject).all()) {
            objects.add(YAML.asYaml(object));
        }
        return Map.of(
                "region-shared.yaml",
                String.join("", objects),
                "region-coordinator.yaml",
                YAML.asYaml(new CoordinatorObjects(subject, settings)
                        .deployment(1, Instant.parse("2026-01-01T00:00:00Z"), Optional.empty())),
                "region-stage.yaml",
                YAML.asYaml(new StageObjects(subject, settings).deployment("totals", "0123456789", 2)));
    }

    private static StreamPipeline pipeline() throws IOException {
        return YAML.unmarshal(Files.readString(FOLDER.resolve("pipeline.yaml")), StreamPipeline.class);
    }
}

package stream.weir.kubernetes.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stream.weir.testservers.KubernetesApi;

/** The CRDs as a real API server takes them: what is valid, what is refused and with which words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrdIT {
    private static final Path ROOT = Path.of(System.getProperty("weir.root", "../.."));
    private static final Path CONTRACT = ROOT.resolve("../shared/contract");

    private KubernetesApi api;
    private KubernetesClient client;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        assumeThat(KubernetesApi.whyNotAvailable()).isEmpty();
        api = KubernetesApi.start(folder, Map.of());
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(api.url().toString())
                .withOauthToken(KubernetesApi.ADMIN_TOKEN)
                .withCaCertFile(api.certificate().toString())
                .withNamespace("default")
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
        try (Stream<Path> files = Files.list(ROOT.resolve("deploy/crds"))) {
            for (Path file : files.filter(each -> each.toString().endsWith("weir.stream.yaml"))
                    .sorted()
                    .toList()) {
                client.load(Files.newInputStream(file)).serverSideApply();
            }
        }
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .list()
                .getItems()
                .forEach(crd -> client.resource(crd)
                        .waitUntilCondition(
                                now -> now.getStatus() != null
                                        && now.getStatus().getConditions().stream()
                                                .anyMatch(condition -> condition
                                                                .getType()
                                                                .equals("Established")
                                                        && condition.getStatus().equals("True")),
                                30,
                                TimeUnit.SECONDS));
    }

    @AfterAll
    void stop() throws IOException {
        if (client != null) {
            client.close();
        }
        if (api != null) {
            api.close();
        }
    }

    @Test
    void when_the_crds_are_looked_at_then_their_schemas_are_structural_and_names_accepted() {
        assertThat(client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .hasSize(Crds.KINDS.size())
                .allSatisfy(crd -> assertThat(crd.getStatus().getConditions())
                        .as(crd.getMetadata().getName())
                        .noneMatch(condition -> condition.getType().equals("NonStructuralSchema"))
                        .anyMatch(condition -> condition.getType().equals("NamesAccepted")
                                && condition.getStatus().equals("True")));
    }

    @Test
    void when_a_pipeline_of_the_samples_or_the_contract_is_applied_then_nothing_of_it_is_lost() throws IOException {
        for (Path file : pipelines()) {
            GenericKubernetesResource written =
                    client.getKubernetesSerialization().unmarshal(pipelineIn(file), GenericKubernetesResource.class);

            GenericKubernetesResource stored = client.genericKubernetesResources(Weir.API_VERSION, "StreamPipeline")
                    .load(new ByteArrayInputStream(pipelineIn(file).getBytes(StandardCharsets.UTF_8)))
                    .fieldValidation(io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation.STRICT)
                    .create();

            Map<String, Object> expected = new java.util.TreeMap<>((Map<String, Object>) written.get("spec"));
            expected.putIfAbsent("maxParallelism", 128);
            assertThat(stored.<Object>get("spec")).as(file.toString()).isEqualTo(expected);
            client.resource(stored).delete();
        }
    }

    @Test
    void when_a_pipeline_is_read_as_classes_and_written_again_then_it_is_the_same() throws IOException {
        for (Path file : pipelines()) {
            StreamPipeline typed =
                    client.getKubernetesSerialization().unmarshal(pipelineIn(file), StreamPipeline.class);
            Map<String, Object> again = client.getKubernetesSerialization()
                    .unmarshal(client.getKubernetesSerialization().asYaml(typed), Map.class);
            Map<String, Object> written = client.getKubernetesSerialization().unmarshal(pipelineIn(file), Map.class);
            assertThat(again.get("spec")).as(file.toString()).isEqualTo(written.get("spec"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stages: []                                                                             | should have at least 1 items
            stages: [{name: Upper}]                                                                | should match
            stages: [{name: a}, {name: a}]                                                         | Duplicate value
            stages: [{name: a, source: {generator: {}}, inputs: [{from: b}]}, {name: b}]           | a stage has a source or inputs, not both
            stages: [{name: a, inputs: [{from: a}]}]                                               | a stage does not read itself
            stages: [{name: a, inputs: [{from: x}]}]                                               | an input reads a stage of this pipeline
            stages: [{name: a, inputs: [{from: b, keyBy: [k], partition: forward}]}, {name: b}]    | by keyBy or by partition
            stages: [{name: a, steps: [{filter: x, map: {}}]}]                                     | a step is exactly one of
            stages: [{name: a, replicas: 200}]                                                     | more replicas than the pipeline has key groups
            stages: [{name: a, replicas: 0}]                                                       | greater than or equal to 1
            stages: [{name: a, scale: {min: 3, max: 2}}]                                           | scale.min is not greater than scale.max
            {stages: [{name: a}], checkpoint: {interval: 10 seconds}}                              | should match
            {stages: [{name: a}], checkpoint: {alignment: {maxBytes: 0}}}                          | maxBytes is -1
            {stages: [{name: a}], checkpoint: {alignment: {maxBytes: -5}}}                         | maxBytes is -1
            {stages: [{name: a}], checkpoint: {alignment: {maxBytes: 12 MB}}}                      | maxBytes is -1
            {stages: [{name: a}], checkpoint: {mode: Sometimes}}                                   | supported values
            {stages: [{name: a}], checkpoint: {snapshots: {uri: "http://x"}}}                      | should match
            {stages: [{name: a}], restoreFrom: {}}                                                 | exactly one of checkpoint, savepoint and uri
            {stages: [{name: a}], restoreFrom: {checkpoint: a, uri: b}}                            | exactly one of checkpoint, savepoint and uri
            {stages: [{name: a}], coordinator: {replicas: 3}}                                      | less than or equal to 2
            {stages: [{name: a}], deletionPolicy: Maybe}                                           | supported values
            {stages: [{name: a}], tls: {}}                                                         | Required value
            {stages: [{name: a}], tls: {secretName: "a/b"}}                                        | should match
            {stages: [{name: a}], state: {volume: {size: much}}}                                   | should match
            {stages: [{name: a}], sugar: 1}                                                        | unknown field
            """)
    void when_a_spec_is_wrong_then_it_is_refused_with_the_reason(String spec, String reason) {
        assertThatThrownBy(() -> create("wrong", spec)).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"-1", "64MiB", "1048576", "1"})
    void when_max_bytes_is_sound_then_it_is_taken(String value) {
        create(
                "sound-" + value.toLowerCase(java.util.Locale.ROOT).replace("-", "m"),
                "{stages: [{name: a}], checkpoint: {alignment: {maxBytes: " + value + "}}}");
    }

    @Test
    void when_the_name_is_too_long_for_a_service_then_it_is_refused() {
        assertThatThrownBy(() -> create("x".repeat(52), "stages: [{name: a}]"))
                .hasMessageContaining("at most 51 characters");
    }

    @Test
    void when_max_parallelism_is_changed_then_it_is_refused() {
        create("fixed", "stages: [{name: a}]");
        assertThatThrownBy(() -> client.resource(yaml("fixed", "{maxParallelism: 64, stages: [{name: a}]}"))
                        .update())
                .hasMessageContaining("maxParallelism cannot be changed");
    }

    @Test
    void when_tls_is_switched_on_then_it_is_taken_only_of_a_pipeline_that_rests() {
        create("plain", "stages: [{name: a}]");
        assertThatThrownBy(() -> client.resource(yaml("plain", "{tls: {secretName: s}, stages: [{name: a}]}"))
                        .update())
                .hasMessageContaining("tls is switched on or off while the pipeline rests");
        client.resource(yaml("plain", "{suspend: true, tls: {secretName: s}, stages: [{name: a}]}"))
                .update();
        client.resource(yaml("plain", "{tls: {secretName: other}, stages: [{name: a}]}"))
                .update();
        assertThatThrownBy(() ->
                        client.resource(yaml("plain", "stages: [{name: a}]")).update())
                .hasMessageContaining("tls is switched on or off while the pipeline rests");
    }

    @Test
    void when_a_stage_is_scaled_then_the_subresource_does_it_and_more_than_the_key_groups_is_refused() {
        // given
        StreamStage stage = new StreamStage();
        stage.setMetadata(
                new ObjectMetaBuilder().withName("p-s").withNamespace("default").build());
        stage.setSpec(new StageSpec("p", "s", 1, 8, null, null, null));
        client.resource(stage).create();

        // when
        client.resources(StreamStage.class)
                .inNamespace("default")
                .withName("p-s")
                .scale(3);

        // then
        assertThat(client.resource(stage).get().getSpec().replicas()).isEqualTo(3);
        assertThatThrownBy(() -> client.resources(StreamStage.class)
                        .inNamespace("default")
                        .withName("p-s")
                        .scale(9))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("a stage cannot have more replicas than the pipeline has key groups");
        assertThatThrownBy(() -> client.resources(StreamStage.class)
                        .inNamespace("default")
                        .withName("p-s")
                        .scale(0))
                .hasMessageContaining("greater than or equal to 1");
    }

    @Test
    void when_other_kinds_are_created_then_their_columns_and_fields_are_taken() {
        StreamCheckpoint checkpoint = new StreamCheckpoint();
        checkpoint.setMetadata(new ObjectMetaBuilder()
                .withName(Weir.checkpoint("orders", 42))
                .withNamespace("default")
                .build());
        checkpoint.setSpec(
                new CheckpointSpec("orders", 42, 3L, "s3://bucket/orders/checkpoints/0000000042.json", null));
        StreamSavepoint savepoint = new StreamSavepoint();
        savepoint.setMetadata(new ObjectMetaBuilder()
                .withName("before")
                .withNamespace("default")
                .build());
        savepoint.setSpec(new SavepointSpec("orders"));
        CheckpointCoordinator coordinator = new CheckpointCoordinator();
        coordinator.setMetadata(new ObjectMetaBuilder()
                .withName("orders")
                .withNamespace("default")
                .build());
        coordinator.setSpec(new CoordinatorSpec("orders", null));

        assertThat(client.resource(checkpoint).create().getMetadata().getName()).isEqualTo("orders-0000000042");
        client.resource(savepoint).create();
        client.resource(coordinator).create();
        assertThatThrownBy(() -> {
                    checkpoint.setSpec(new CheckpointSpec("orders", 43, 3L, "s3://bucket/x", null));
                    checkpoint.getMetadata().setResourceVersion(null);
                    client.resource(checkpoint).update();
                })
                .hasMessageContaining("a checkpoint cannot be changed");
    }

    private void create(String name, String spec) {
        client.resource(yaml(name, spec))
                .fieldValidation(io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation.STRICT)
                .create();
    }

    private GenericKubernetesResource yaml(String name, String spec) {
        String flow = spec.startsWith("{") ? spec : "{" + spec + "}";
        return client.getKubernetesSerialization()
                .unmarshal(
                        "apiVersion: weir.stream/v1alpha1\nkind: StreamPipeline\nmetadata: {name: " + name
                                + ", namespace: default}\nspec: " + flow + "\n",
                        GenericKubernetesResource.class);
    }

    private static List<Path> pipelines() throws IOException {
        try (Stream<Path> samples = Files.walk(ROOT.resolve("deploy/samples"));
                Stream<Path> contract = Files.isDirectory(CONTRACT) ? Files.list(CONTRACT) : Stream.empty()) {
            return Stream.concat(samples, contract)
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .toList();
        }
    }

    /** A file may have other resources before its pipeline. */
    private static String pipelineIn(Path file) throws IOException {
        return Stream.of(Files.readString(file).split("\n---\n"))
                .filter(document -> document.contains("kind: StreamPipeline"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no pipeline in " + file));
    }
}

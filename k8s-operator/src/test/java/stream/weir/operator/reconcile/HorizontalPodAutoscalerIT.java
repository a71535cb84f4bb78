package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v1.Scale;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.kubernetes.resource.StreamStage;
import stream.weir.protocol.metric.Metric;
import stream.weir.testservers.KubernetesControllers;

/** What a HorizontalPodAutoscaler needs of a stage, and a real one that scales it by a metric from outside. */
@Timeout(300)
final class HorizontalPodAutoscalerIT {
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(120);

    private static final Path GUIDE =
            Path.of(System.getProperty("weir.root", "..")).resolve("docs/guides/scaling.md");

    private ApiServer api;
    private World world;

    @BeforeEach
    void start() throws Exception {
        api = ApiServer.shared();
        world = new World(api);
        world.apply(LifeIT.SPEC);
        world.settle();
    }

    /** By it figures of pods are asked for: with others among them, or without those of a change, the mean would be wrong. */
    @Test
    void when_pods_are_selected_as_the_stage_says_then_they_are_its_own_of_all_revisions_and_no_others() {
        world.nodes.neverReady.add("orders-sum-");
        world.apply(LifeIT.CHANGED);
        world.settle();
        assertThat(world.nodes.pods())
                .extracting(PlayedNodes::component)
                .contains("stage", "coordinator", "state-check");

        Scale scale = world.admin
                .resources(StreamStage.class)
                .inNamespace(world.namespace)
                .withName("orders-sum")
                .scale();

        assertThat(scale.getStatus().getReplicas()).isEqualTo(2);
        List<String> selected = world
                .admin
                .pods()
                .inNamespace(world.namespace)
                .withLabelSelector(scale.getStatus().getSelector())
                .list()
                .getItems()
                .stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
        assertThat(selected)
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(world.nodes.pods().stream()
                        .filter(pod -> PlayedNodes.component(pod).equals("stage"))
                        .map(Pod::getMetadata)
                        .filter(meta -> "sum".equals(meta.getLabels().get("weir.stream/stage")))
                        .map(meta -> meta.getName())
                        .toList());
    }

    @Test
    void when_the_guide_shows_an_autoscaler_then_the_api_takes_it_and_container_and_series_are_there()
            throws IOException {
        String guide = Files.readString(GUIDE);
        int begin = guide.indexOf("apiVersion: autoscaling/v2");
        HorizontalPodAutoscaler shown = world.admin
                .getKubernetesSerialization()
                .unmarshal(guide.substring(begin, guide.indexOf("```", begin)), HorizontalPodAutoscaler.class);
        shown.getMetadata().setNamespace(world.namespace);

        HorizontalPodAutoscaler taken = world.admin.resource(shown).create();

        assertThat(taken.getSpec().getScaleTargetRef().getKind()).isEqualTo("StreamStage");
        assertThat(world.nodes.pods())
                .filteredOn(pod -> PlayedNodes.component(pod).equals("stage"))
                .hasSize(4)
                .allSatisfy(pod -> assertThat(pod.getSpec().getContainers())
                        .extracting(Container::getName)
                        .contains(taken.getSpec()
                                .getMetrics()
                                .getFirst()
                                .getContainerResource()
                                .getContainer()));
        assertThat(Pattern.compile("weir_\\w+").matcher(guide).results().map(MatchResult::group))
                .isNotEmpty()
                .isSubsetOf(Arrays.stream(Metric.values()).map(Metric::exported).toList());
    }

    @Test
    void when_kubernetes_scales_by_a_metric_then_the_operator_follows_up_and_down(@TempDir Path folder)
            throws Exception {
        assumeThat(KubernetesControllers.whyNotAvailable()).isEmpty();
        try (PlayedMetrics metrics = PlayedMetrics.start(world.admin, folder);
                KubernetesControllers _ = KubernetesControllers.start(
                        api.api(),
                        folder,
                        List.of("horizontal-pod-autoscaler-controller"),
                        List.of("--horizontal-pod-autoscaler-sync-period=1s"))) {
            metrics.value(4);
            world.admin
                    .load(new ByteArrayInputStream(autoscaler().getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();

            awaitDecision(4);
            world.settle();
            assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 4, "out", 1));
            assertThat(world.job.holders().get("sum")).hasSize(4);
            assertThat(world.stage("sum").getStatus().replicas()).isEqualTo(4);

            metrics.value(1);
            awaitDecision(1);
            world.settle();
            assertThat(world.replicas()).isEqualTo(Map.of("in", 1, "sum", 1, "out", 1));
            assertThat(world.stage("sum").getSpec().replicas())
                    .as("nobody writes over it")
                    .isEqualTo(1);
        }
    }

    /** As in docs/guides/scaling.md, but that it does not wait before it scales down. */
    private String autoscaler() {
        return """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: sum, namespace: %s}
                spec:
                  scaleTargetRef: {apiVersion: weir.stream/v1alpha1, kind: StreamStage, name: orders-sum}
                  minReplicas: 1
                  maxReplicas: 6
                  metrics:
                  - type: External
                    external: {metric: {name: busy}, target: {type: AverageValue, averageValue: "1"}}
                  behavior:
                    scaleDown: {stabilizationWindowSeconds: 0}
                """.formatted(world.namespace);
    }

    private void awaitDecision(int replicas) {
        world.admin
                .resources(StreamStage.class)
                .inNamespace(world.namespace)
                .withName("orders-sum")
                .waitUntilCondition(
                        stage -> stage != null
                                && Integer.valueOf(replicas)
                                        .equals(stage.getSpec().replicas()),
                        DECIDED_WITHIN.toSeconds(),
                        TimeUnit.SECONDS);
    }
}

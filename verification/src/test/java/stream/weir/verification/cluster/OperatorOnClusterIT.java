package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of pipelines and of the operator itself, with operators that die meanwhile. */
@Timeout(900)
@ExtendWith(OnCluster.class)
final class OperatorOnClusterIT {
    private static final String NUMBERS = "weir.stream/stage=numbers";

    @Test
    void when_the_operator_dies_at_each_step_of_a_change_then_the_change_is_finished_and_output_exact(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "operator-dies");
                Sums sums = Sums.start(weir, place, "sums", 1)) {
            // given
            sums.awaitMore();
            Map<String, Place.Pod> keyed = sums.pods("sums");
            Map<String, Place.Pod> report = sums.pods("report");
            Map<String, Place.Pod> before = sums.pods("numbers");
            String file = mounted(place);
            String run = run(place);
            // when
            place.apply(Sums.yaml(weir, place, "sums", 1)
                    .replace("- map: {key:", "- filter: number >= 0\n        - map: {key:"));
            weir.killOperator();
            Cluster.await(
                    "a check of state",
                    () -> place.pods("app.kubernetes.io/component=state-check").size(),
                    size -> size > 0);
            weir.killOperator();
            Cluster.await("pods of the new revision", () -> deployments(place).size(), size -> size == 2);
            weir.killOperator();
            Cluster.await("the coordinator gets the new file", () -> mounted(place), now -> !now.equals(file));
            weir.killOperator();
            Cluster.await("the next run", () -> run(place), now -> !now.equals(run));
            weir.killOperator();
            // then
            awaitObserved(place);
            place.awaitReady("sums");
            Cluster.await("old pods go", () -> deployments(place).size(), size -> size == 1);
            sums.awaitMore();
            assertThat(sums.pods("sums")).isEqualTo(keyed);
            assertThat(sums.pods("report")).isEqualTo(report);
            assertThat(sums.pods("numbers")).doesNotContainKeys(before.keySet().toArray(String[]::new));
            sums.suspendAndAssertExact();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "weir.cluster", matches = "full")
    void when_the_spec_changes_again_at_each_step_of_a_change_then_the_last_one_runs_and_output_is_exact(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "changes-again");
                Sums sums = Sums.start(weir, place, "sums", 1)) {
            // given
            sums.awaitMore();
            String asItRuns = Sums.yaml(weir, place, "sums", 1);
            Map<String, Place.Pod> keyed = sums.pods("sums");
            Map<String, Place.Pod> report = sums.pods("report");
            Map<String, Place.Pod> numbers = sums.pods("numbers");
            String file = mounted(place);
            String run = run(place);
            // when: back, before anything else was done than to look at the state
            place.apply(changed(asItRuns, 1));
            Cluster.await(
                    "a check of state",
                    () -> place.pods("app.kubernetes.io/component=state-check").size(),
                    size -> size > 0);
            place.apply(asItRuns);
            // then
            awaitObserved(place);
            Cluster.await("no pods but the old ones", () -> sums.pods("numbers"), numbers::equals);
            assertThat(deployments(place)).hasSize(1);
            assertThat(run(place)).isEqualTo(run);
            // when: nonsense and something else while new pods come up
            place.apply(changed(asItRuns, 2));
            Cluster.await("pods of the new revision", () -> deployments(place).size(), size -> size == 2);
            place.apply(changed(asItRuns, 2).replace("interval: 1s", "interval: 0s"));
            Cluster.await(
                    "it is refused",
                    () -> place.condition("sums", "Stalled"),
                    said -> said.startsWith("True InvalidSpec: ") && said.contains("checkpoint.interval"));
            sums.awaitMore();
            assertThat(run(place)).as("the old one runs").isEqualTo(run);
            place.apply(changed(asItRuns, 3));
            Cluster.await("the coordinator gets the new file", () -> mounted(place), now -> !now.equals(file));
            // when: something else while the coordinator takes over
            place.apply(changed(asItRuns, 4));
            // then
            awaitObserved(place);
            String revision = place.field("streamstage/sums-numbers", ".spec.revision");
            place.awaitReady("sums");
            Cluster.await(
                    "only pods of the last change are there",
                    () -> String.join(",", deployments(place)),
                    names -> names.equals("deployment.apps/sums-numbers-" + revision));
            Cluster.await(
                    "the status says so",
                    () -> place.field("streamstage/sums-numbers", ".status.revision"),
                    revision::equals);
            sums.awaitMore();
            assertThat(sums.pods("sums")).isEqualTo(keyed);
            assertThat(sums.pods("report")).isEqualTo(report);
            assertThat(place.field("streampipeline/sums", ".spec.stages[0].steps[0].filter"))
                    .isEqualTo("number >= -4");
            sums.suspendAndAssertExact();
        }
    }

    /** The same output by another revision of a stage. */
    private static String changed(String yaml, int nth) {
        return yaml.replace("- map: {key:", "- filter: number >= -" + nth + "\n        - map: {key:");
    }

    private static void awaitObserved(Place place) throws IOException {
        String generation = place.field("streampipeline/sums", ".metadata.generation");
        place.waitFor("streampipeline/sums", "jsonpath={.status.observedGeneration}=" + generation);
    }

    @Test
    void when_the_operator_is_upgraded_then_pods_stay_and_the_new_one_works(Weir weir) throws Exception {
        try (Place place = Place.create(weir, "operator-new");
                Sums sums = Sums.start(weir, place, "sums", 1)) {
            // given
            sums.awaitMore();
            Map<String, Place.Pod> pods = place.pods("weir.stream/pipeline=sums");
            // when
            weir.applyOperator(List.of("WEIR_OPERATOR_JSON_LOGS=true", "WEIR_OPERATOR_STAGE_LOCAL_STORAGE=3Gi"));
            sums.scale("sums", 2);
            // then
            assertThat(place.pods("weir.stream/pipeline=sums"))
                    .hasSize(pods.size() + 1)
                    .containsAllEntriesOf(pods);
            sums.awaitMore();
            sums.suspendAndAssertExact();
        } finally {
            weir.applyOperator(List.of());
        }
    }

    @Test
    void when_a_namespace_is_deleted_with_a_running_pipeline_then_it_goes_and_the_operator_says_nothing_of_it(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "whole-place");
                Sums sums = Sums.start(weir, place, "sums", 1)) {
            // given
            sums.awaitMore();
            Set<String> before = weir.operatorLog().lines().collect(Collectors.toSet());
            // when
            weir.cluster().kubectl("delete", "namespace", place.name(), "--timeout=120s");
            // then
            assertThat(weir.operatorLog().lines())
                    .filteredOn(line -> line.contains(place.name()) && !before.contains(line))
                    .noneMatch(line -> line.contains("Uncaught error") || line.contains("changes under this look"));
            sums.output().assertNoneWrong();
        }
    }

    private static String run(Place place) throws IOException {
        return place.field("checkpointcoordinator/sums", ".status.run");
    }

    private static List<String> deployments(Place place) throws IOException {
        return place.kubectl("get", "deployments", "-l", NUMBERS, "-o", "name")
                .lines()
                .toList();
    }

    /** The ConfigMap with the pipeline file that coordinators are given. */
    private static String mounted(Place place) throws IOException {
        return place.field(
                "deployment/sums-coordinator", ".spec.template.spec.volumes[?(@.name==\"pipeline\")].configMap.name");
    }
}

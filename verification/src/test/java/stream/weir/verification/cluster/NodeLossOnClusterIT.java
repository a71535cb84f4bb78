package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nodes that are gone, or cut off and back again. */
@Timeout(900)
@ExtendWith(OnCluster.class)
final class NodeLossOnClusterIT {
    private static final String SUMS = "weir.stream/pipeline=sums";
    private static final String STAGES = SUMS + ",app.kubernetes.io/component=stage";

    /** Far above what it takes, 15 s: how long is for people to read. */
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    @Test
    void when_the_node_of_a_keyed_stage_dies_under_load_then_output_is_exact_and_soon_there(Weir weir)
            throws Exception {
        assumeTrue(weir.cluster().isTestCluster(), "only nodes of the test cluster can be lost");
        try (Place place = Place.create(weir, "node-dies");
                Sums sums = Sums.start(weir, place, "sums", 2)) {
            // given
            sums.awaitMore();
            String node = nodeWithoutCoordinator(sums);
            Map<String, Place.Pod> others = place.pods(SUMS);
            others.values().removeIf(pod -> pod.node().equals(node));
            // when
            Duration silence = silenceAfter(place, sums, () -> weir.cluster().node("kill", node));
            // then
            System.out.println(
                    "node of a keyed stage killed: committed output again after " + silence.toMillis() + " ms");
            assertThat(silence).isLessThan(BACK_WITHIN);
            place.awaitReady("sums");
            sums.awaitMore();
            assertThat(place.pods(SUMS)).containsAllEntriesOf(others);
            assertThat(place.pods(SUMS).values()).noneMatch(pod -> pod.node().equals(node));
            weir.cluster().node("start", node);
            weir.cluster().awaitNode(node);
            sums.suspendAndAssertExact();
        }
    }

    @Test
    void when_the_node_of_the_coordinator_dies_then_no_replica_restarts(Weir weir) throws Exception {
        assumeTrue(weir.cluster().isTestCluster(), "only nodes of the test cluster can be lost");
        try (Place place = Place.create(weir, "leader-dies");
                Sums sums = Sums.start(weir, place, "sums", 2, yaml -> apart(yaml, "node4"))) {
            // given
            sums.awaitMore();
            weir.pullCoordinator(List.of("node2", "node3"));
            var coordinator = sums.coordinators();
            Map<String, Place.Pod> stages = place.pods(STAGES);
            String run = place.field("streampipeline/sums", ".status.coordinator.run");
            assertThat(coordinator.values()).allMatch(pod -> pod.node().equals("node4"));
            // when
            Duration silence = silenceAfter(place, sums, () -> weir.cluster().node("kill", "node4"));
            // then
            System.out.println(
                    "node of the coordinator killed: committed output again after " + silence.toMillis() + " ms");
            assertThat(silence).isLessThan(BACK_WITHIN);
            place.awaitReady("sums");
            sums.awaitMore();
            assertThat(place.pods(STAGES)).as(sums::coordinatorLog).isEqualTo(stages);
            assertThat(place.field("streampipeline/sums", ".status.coordinator.run"))
                    .as(sums::coordinatorLog)
                    .isEqualTo(run);
            assertThat(sums.coordinators())
                    .doesNotContainKeys(coordinator.keySet().toArray(String[]::new));
            weir.cluster().node("start", "node4");
            weir.cluster().awaitNode("node4");
            sums.suspendAndAssertExact();
        }
    }

    @Test
    void when_a_node_is_cut_off_and_comes_back_then_nothing_of_it_is_in_the_output_and_its_pods_leave(Weir weir)
            throws Exception {
        assumeTrue(weir.cluster().isTestCluster(), "only nodes of the test cluster can be lost");
        try (Place place = Place.create(weir, "node-cut");
                Sums sums = Sums.start(weir, place, "sums", 2)) {
            // given
            sums.awaitMore();
            String node = nodeWithoutCoordinator(sums);
            var cutOff = place.pods(SUMS);
            cutOff.values().removeIf(pod -> !pod.node().equals(node));
            // when
            Duration silence = silenceAfter(place, sums, () -> weir.cluster().node("cut", node));
            sums.awaitMore();
            weir.cluster().node("heal", node);
            // then
            System.out.println(
                    "node of a keyed stage cut off: committed output again after " + silence.toMillis() + " ms");
            assertThat(silence).isLessThan(BACK_WITHIN);
            sums.awaitMore();
            weir.cluster().awaitNode(node);
            assertThat(place.pods(SUMS)).doesNotContainKeys(cutOff.keySet().toArray(String[]::new));
            Cluster.await(
                    "the cut node's kubelet has ended them",
                    () -> weir.cluster().kubectl("get", "--raw", "/api/v1/nodes/" + node + "/proxy/pods"),
                    running -> cutOff.keySet().stream().noneMatch(running::contains));
            sums.suspendAndAssertExact();
        }
    }

    private interface Happening {
        void happen() throws IOException;
    }

    /** How long after it committed output was there again, after the longest silence that it brought. */
    private static Duration silenceAfter(Place place, Sums sums, Happening happening)
            throws IOException, InterruptedException {
        String life = life(place);
        long begun = System.nanoTime();
        happening.happen();
        Cluster.await("another run or term", () -> life(place), now -> !now.equals(life));
        sums.awaitMore();
        sums.output().assertNoneWrong();
        return Duration.ofNanos(sums.output().backAfter(begun) - begun);
    }

    private static String life(Place place) throws IOException {
        return place.field("streampipeline/sums", ".status.coordinator.run") + "/"
                + place.field("streampipeline/sums", ".status.coordinator.term");
    }

    private static String nodeWithoutCoordinator(Sums sums) throws IOException {
        List<String> coordinators =
                sums.coordinators().values().stream().map(Place.Pod::node).toList();
        return sums.pods("sums").values().stream()
                .map(Place.Pod::node)
                .filter(node -> !coordinators.contains(node))
                .findFirst()
                .orElseThrow(() -> new AssertionError("all replicas are beside the coordinator"));
    }

    /** Stages keep off a node that the coordinator likes best. */
    private static String apart(String yaml, String node) {
        String term = "matchExpressions: [{key: kubernetes.io/hostname, operator: %s, values: [" + node + "]}]";
        String off = "template: {spec: {affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                + " {nodeSelectorTerms: [{" + term.formatted("NotIn") + "}]}}}}}";
        String on = "template: {spec: {affinity: {nodeAffinity: {preferredDuringSchedulingIgnoredDuringExecution:"
                + " [{weight: 100, preference: {" + term.formatted("In") + "}}]}}}}";
        return yaml.replace("coordinator: {replicas: 1}", "coordinator: {replicas: 1, " + on + "}")
                .replaceAll("(?m)^( +)- name: (.*)$", "$1- name: $2\n$1  " + off);
    }
}

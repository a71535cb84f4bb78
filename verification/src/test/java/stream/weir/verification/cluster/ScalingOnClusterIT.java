package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Other numbers of replicas, and pods that are replaced on purpose, while data flow. */
@Timeout(900)
@ExtendWith(OnCluster.class)
final class ScalingOnClusterIT {
    @Test
    void when_a_keyed_stage_is_scaled_under_load_then_output_is_exact_and_pods_of_other_stages_stay(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "scaling");
                Sums sums = Sums.start(weir, place, "sums", 1)) {
            // given
            sums.awaitMore();
            var numbers = sums.pods("numbers");
            var report = sums.pods("report");
            var first = sums.pods("sums");
            // when
            sums.scale("sums", 3);
            sums.awaitMore();
            var three = sums.pods("sums");
            sums.scale("sums", 2);
            sums.awaitMore();
            // then
            assertThat(three).hasSize(3).containsAllEntriesOf(first);
            Cluster.await("a pod leaves", () -> sums.pods("sums").size(), size -> size == 2);
            assertThat(three).containsAllEntriesOf(sums.pods("sums"));
            assertThat(sums.pods("numbers")).isEqualTo(numbers);
            assertThat(sums.pods("report")).isEqualTo(report);
            assertThat(place.field("streamstage/sums-sums", ".spec.replicas")).isEqualTo("2");
            sums.suspendAndAssertExact();
        }
    }

    @Test
    void when_a_pipeline_rests_and_goes_on_and_a_stage_is_restarted_then_output_is_exact(Weir weir) throws Exception {
        try (Place place = Place.create(weir, "restarts");
                Sums sums = Sums.start(weir, place, "sums", 2)) {
            // given
            sums.awaitMore();
            sums.suspendAndAssertExact();
            Cluster.await(
                    "no pods", () -> place.pods("weir.stream/pipeline=sums").size(), size -> size == 0);
            sums.resume();
            sums.awaitMore();
            var numbers = sums.pods("numbers");
            var before = sums.pods("sums");
            // when
            String deployment = place.kubectl("get", "deployment", "-l", "weir.stream/stage=sums", "-o", "name")
                    .strip();
            place.kubectl("rollout", "restart", deployment);
            place.kubectl("rollout", "status", deployment, "--timeout=180s");
            place.awaitReady("sums");
            sums.awaitMore();
            // then
            Cluster.await("old pods leave", () -> sums.pods("sums").size(), size -> size == 2);
            assertThat(sums.pods("sums")).doesNotContainKeys(before.keySet().toArray(String[]::new));
            assertThat(sums.pods("numbers")).isEqualTo(numbers);
            sums.suspendAndAssertExact();
        }
    }

    @Test
    void when_pods_die_while_their_stage_is_scaled_then_output_is_exact(Weir weir) throws Exception {
        try (Place place = Place.create(weir, "scaling-dies");
                Sums sums = Sums.start(weir, place, "sums", 2)) {
            // given
            sums.awaitMore();
            // when: at each step towards other numbers one of those who have state is gone
            for (int replicas : new int[] {3, 1}) {
                place.kubectl("scale", "streamstage/sums-sums", "--replicas=" + replicas);
                Place.Pod victim = List.copyOf(sums.pods("sums").values()).getFirst();
                place.kubectl("delete", "pod", victim.name(), "--force", "--grace-period=0", "--wait=false");
                sums.scale("sums", replicas);
                sums.awaitMore();
                sums.output().assertNoneWrong();
            }
            // then
            sums.suspendAndAssertExact();
        }
    }
}

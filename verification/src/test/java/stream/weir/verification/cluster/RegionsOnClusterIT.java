package stream.weir.verification.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A pipeline that a durable edge cuts into {@code sums} and {@code sums-take}: what is lost in one region is that region's business. */
@Timeout(900)
@ExtendWith(OnCluster.class)
@EnabledIfSystemProperty(named = "weir.cluster", matches = "full")
final class RegionsOnClusterIT {
    private static final String UPPER = "sums";
    private static final String LOWER = "sums-take";

    @Test
    void when_a_pod_of_one_region_dies_then_the_other_keeps_its_run_and_the_output_is_exact(Weir weir)
            throws Exception {
        try (Place place = Place.create(weir, "regions");
                Sums sums = start(weir, place)) {
            // given
            sums.awaitMore();
            assertThat(place.field("streampipeline/sums", ".status.regions[*].name"))
                    .isEqualTo(UPPER + " " + LOWER);
            awaitCheckpointsOf(place, UPPER);
            awaitCheckpointsOf(place, LOWER);
            long above = run(place, UPPER);
            long below = run(place, LOWER);
            Map<String, Place.Pod> source = sums.pods("numbers");
            // when
            kill(place, sums.pods("sums"));
            Cluster.await("another run below", () -> run(place, LOWER), now -> now > below);
            sums.awaitMore();
            // then
            assertThat(run(place, UPPER)).isEqualTo(above);
            assertThat(sums.pods("numbers")).isEqualTo(source);
            place.awaitReady("sums");
            // when
            long settled = run(place, LOWER);
            Map<String, Place.Pod> reports = sums.pods("report");
            kill(place, source);
            Cluster.await("another run above", () -> run(place, UPPER), now -> now > above);
            sums.awaitMore();
            // then
            assertThat(run(place, LOWER)).isEqualTo(settled);
            assertThat(sums.pods("report")).isEqualTo(reports);
            sums.suspendAndAssertExact();
        }
    }

    /** Its stages, with a topic between the source and what comes after it. */
    private static Sums start(Weir weir, Place place) throws IOException {
        String topic = place.name() + "-edge";
        weir.kafka().createTopic(topic, 1);
        String take = """
                    - name: take
                      inputs: [{from: numbers, durable: {kafka: {brokers: "%s", topic: %s, key: [key]}}}]
                """.formatted(weir.kafka().bootstrap(), topic);
        return Sums.start(weir, place, "sums", 2, yaml -> yaml.replace("from: numbers, keyBy", "from: take, keyBy")
                .replace("    - name: sums\n", take + "    - name: sums\n"));
    }

    private static void kill(Place place, Map<String, Place.Pod> pods) throws IOException {
        place.kubectl("delete", "pod", pods.keySet().iterator().next(), "--force", "--grace-period=0", "--wait=false");
    }

    /** As its coordinator shows it; 0 as long as it shows nothing. */
    private static long run(Place place, String region) throws IOException {
        String run = place.field("checkpointcoordinator/" + region, ".status.run");
        return run.isEmpty() ? 0 : Long.parseLong(run);
    }

    /** Records follow the checkpoints that they show. */
    private static void awaitCheckpointsOf(Place place, String region) throws IOException, InterruptedException {
        Cluster.await(
                "records of checkpoints of " + region,
                () -> List.of(place.kubectl(
                                "get",
                                "checkpoints",
                                "-l",
                                "weir.stream/pipeline=sums,weir.stream/region=" + region,
                                "-o",
                                "jsonpath={.items[*].metadata.name}")
                        .split(" ")),
                names -> names.stream().allMatch(name -> name.matches(region + "-\\d{10}")));
    }
}

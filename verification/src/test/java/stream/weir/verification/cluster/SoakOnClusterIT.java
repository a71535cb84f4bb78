package stream.weir.verification.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that may happen to a cluster, one after the other, as a seed has it, for as long as is asked for; the output is held
 * against the oracle all the time. {@code -Dweir.cluster=full} runs it, {@code -Dweir.cluster.soak} says for how long (PT1H), {@code
 * -Dweir.cluster.seed} has it draw something else.
 */
@ExtendWith(OnCluster.class)
@EnabledIfSystemProperty(named = "weir.cluster", matches = "full")
final class SoakOnClusterIT {
    private static final Duration LASTS = Duration.parse(System.getProperty("weir.cluster.soak", "PT1H"));
    private static final long SEED = Long.getLong("weir.cluster.seed", 20_131_231L);

    private enum Event {
        NODE_DIES,
        NODE_IS_CUT_OFF,
        COORDINATOR_DIES,
        OPERATOR_DIES,
        STAGE_POD_DIES,
        SCALING
    }

    @Test
    void when_nodes_and_pods_die_for_long_then_output_is_exact(Weir weir) throws Exception {
        assumeTrue(weir.cluster().isTestCluster(), "skipped: only nodes of the test cluster can be lost");
        Random random = new Random(SEED);
        Map<Event, Integer> happened = new EnumMap<>(Event.class);
        try (Place place = Place.create(weir, "soak");
                Sums sums = Sums.start(weir, place, "sums", 2)) {
            long end = System.nanoTime() + LASTS.toNanos();
            List<Event> round = new ArrayList<>();
            while (System.nanoTime() < end) {
                if (round.isEmpty()) {
                    // All of them, so that none is left out by chance.
                    round.addAll(List.of(Event.values()));
                    java.util.Collections.shuffle(round, random);
                }
                Event event = round.removeLast();
                System.out.println("soak, seed " + SEED + ": " + event + " after "
                        + sums.output().rows() + " rows");
                happen(event, weir, place, sums, random);
                happened.merge(event, 1, Integer::sum);
                place.awaitReady("sums");
                sums.awaitMore();
                sums.output().assertNoneWrong();
            }
            sums.suspendAndAssertExact();
            System.out.println("soak: " + sums.output().rows() + " rows exact, " + happened);
        }
    }

    private static void happen(Event event, Weir weir, Place place, Sums sums, Random random)
            throws IOException, InterruptedException {
        switch (event) {
            case NODE_DIES -> {
                String node = any(sums.pods("sums"), random).node();
                weir.cluster().node("kill", node);
                sums.awaitMore();
                weir.cluster().node("start", node);
                weir.cluster().awaitNode(node);
            }
            case NODE_IS_CUT_OFF -> {
                String node = any(sums.pods("sums"), random).node();
                weir.cluster().node("cut", node);
                sums.awaitMore();
                weir.cluster().node("heal", node);
                weir.cluster().awaitNode(node);
            }
            case COORDINATOR_DIES -> kill(place, any(sums.coordinators(), random));
            case OPERATOR_DIES -> weir.killOperator();
            case STAGE_POD_DIES -> {
                String stage = List.of("numbers", "sums", "report").get(random.nextInt(3));
                kill(place, any(sums.pods(stage), random));
            }
            case SCALING -> sums.scale("sums", 1 + random.nextInt(3));
        }
    }

    private static Place.Pod any(Map<String, Place.Pod> pods, Random random) {
        return List.copyOf(pods.values()).get(random.nextInt(pods.size()));
    }

    private static void kill(Place place, Place.Pod pod) throws IOException {
        place.kubectl("delete", "pod", pod.name(), "--force", "--grace-period=0", "--wait=false");
    }
}

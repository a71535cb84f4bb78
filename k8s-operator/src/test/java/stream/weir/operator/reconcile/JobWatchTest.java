package stream.weir.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.operator.job.HttpJobApi;

class JobWatchTest {
    private static final JobKey JOB = new JobKey("shop", "orders", "orders");
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private Instant now = NOW;

    @Test
    void when_coordinators_are_out_of_reach_then_each_is_so_since_the_first_look_that_no_other_stands_behind() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            JobWatch watch = new JobWatch(new HttpJobApi(client, Duration.ofSeconds(1)), Runnable::run, () -> now);
            assertThat(watch.outOfReach(JOB, Set.of("a"))).isEqualTo(Map.of("a", NOW));
            now = NOW.plusSeconds(1);
            assertThat(watch.outOfReach(JOB, Set.of("a", "b"))).isEqualTo(Map.of("a", NOW, "b", now));
            now = NOW.plusSeconds(2);
            assertThat(watch.outOfReach(JOB, Set.of("b")))
                    .as("a took or refused a connection")
                    .isEqualTo(Map.of("b", NOW.plusSeconds(1)));
            assertThat(watch.outOfReach(JOB, Set.of("a", "b"))).containsEntry("a", now);
            assertThat(watch.outOfReach(JOB, Set.of())).isEmpty();
            assertThat(watch.outOfReach(JOB, Set.of("b"))).isEqualTo(Map.of("b", now));
            watch.forget("shop", "orders");
            now = NOW.plusSeconds(3);
            assertThat(watch.outOfReach(JOB, Set.of("b"))).isEqualTo(Map.of("b", now));
        }
    }
}

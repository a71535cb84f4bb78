package stream.weir.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ReplicaProgress;

/** Who holds a job up, told from what replicas report each second. */
class StallsTest {
    private static final long NANOS = 1_000_000_000;
    private static final ReplicaId SOURCE = new ReplicaId("orders", 0);
    private static final ReplicaId SINK = new ReplicaId("report", 1);

    private final Stalls stalls = new Stalls();

    private void told(ReplicaId replica, int second, long records, double idle, double blocked) {
        Map<String, Long> sent = replica.equals(SOURCE) ? Map.of("report", records) : Map.of();
        stalls.progress(
                replica,
                new ReplicaProgress(
                        records,
                        (long) (idle * second * NANOS),
                        (long) (blocked * second * NANOS),
                        0,
                        second * NANOS,
                        Optional.empty(),
                        sent,
                        Map.of()),
                second * 1000L);
    }

    @Test
    void when_records_become_more_then_nothing_stalls() {
        for (int second = 1; second <= 60; second++) {
            told(SOURCE, second, second, 0, 0.5);
        }
        assertThat(stalls.at(60_000)).isEmpty();
    }

    @Test
    void when_there_is_nothing_to_read_then_nothing_stalls() {
        for (int second = 1; second <= 60; second++) {
            told(SOURCE, second, 10, 1, 0);
        }
        assertThat(stalls.at(60_000)).isEmpty();
    }

    @Test
    void when_a_function_does_not_come_back_then_its_replica_is_named_and_not_those_that_wait_for_it() {
        for (int second = 1; second <= 60; second++) {
            told(SOURCE, second, 10, 0, 1);
            told(SINK, second, 10, 0, 0);
        }
        assertThat(stalls.at(60_000))
                .singleElement()
                .asString()
                .contains("stage report replica 1 has read nothing for 59 s")
                .contains("at work on one record");
    }

    @Test
    void when_all_wait_for_credit_then_whoever_waits_for_somebody_outside_is_named() {
        for (int second = 1; second <= 60; second++) {
            told(SOURCE, second, 10, 0, 1);
        }
        assertThat(stalls.at(60_000)).singleElement().asString().contains("waits for credit of report");
    }

    @Test
    void when_another_run_begins_then_what_was_before_is_forgotten() {
        told(SOURCE, 1, 10, 0, 0);
        stalls.clear();
        assertThat(stalls.at(60_000)).isEmpty();
    }
}

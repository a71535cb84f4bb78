package stream.weir.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** A slow checkpoint names stage, replica and channel. */
class SlowestReplicaTest {
    private static final Manifest MANIFEST = new Manifest(
            "shop",
            7,
            1,
            1,
            0,
            12_000,
            CheckpointKind.PERIODIC,
            128,
            List.of(),
            List.of(snapshot("orders", 0, 40, ""), snapshot("totals", 1, 11_900, "orders-3->totals-1")));

    @Test
    void when_a_checkpoint_was_slow_then_the_replica_that_answered_last_is_named_with_its_phases_and_its_channel() {
        assertThat(SlowestReplica.of(MANIFEST).explained(MANIFEST, Duration.ofSeconds(12)))
                .hasValue("SLOW_CHECKPOINT: checkpoint 7 of shop took 12000 ms: stage totals replica 1 answered last,"
                        + " after 11900 ms: first barrier after 20 ms, aligned in 9000 ms (waited for"
                        + " orders-3->totals-1), captured in 5 ms, stored 4096 bytes in 300 ms");
    }

    @Test
    void when_a_checkpoint_was_fast_then_nothing_is_said() {
        assertThat(SlowestReplica.of(MANIFEST).explained(MANIFEST, Duration.ofSeconds(9)))
                .isEmpty();
    }

    private static ReplicaSnapshot snapshot(String stage, int replica, long acknowledgedMillis, String lastInput) {
        SnapshotTimes times = new SnapshotTimes(
                nanos(20), nanos(9_000), nanos(5), nanos(300), nanos(acknowledgedMillis), 0, 4_096, 0, lastInput);
        return new ReplicaSnapshot(stage, replica, new KeyGroupRange(0, 127), false, List.of(), List.of(), times);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}

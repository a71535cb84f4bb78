package stream.weir.coordinator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Whom a checkpoint waits for. */
class CheckpointPartsTest {
    private static final ReplicaId FIRST = new ReplicaId("totals", 0);
    private static final ReplicaId SECOND = new ReplicaId("totals", 1);

    private final CheckpointParts parts = new CheckpointParts(10);

    @Test
    void when_replicas_have_not_answered_then_they_are_named() {
        // given
        parts.begun(7, List.of(FIRST, SECOND));
        // when
        acknowledge(7, FIRST);
        // then
        assertThat(parts.missing(7)).isEqualTo("waits for stage totals replica 1; 1 of 2 have answered");
    }

    @Test
    void when_all_have_answered_then_the_manifest_is_what_is_missing() {
        // given
        parts.begun(7, List.of(FIRST));
        // when
        acknowledge(7, FIRST);
        // then
        assertThat(parts.missing(7)).contains("its manifest is being stored");
    }

    @Test
    void when_a_checkpoint_has_ended_then_nothing_is_known_of_it_and_those_before() {
        // given
        parts.begun(6, List.of(FIRST));
        parts.begun(7, List.of(FIRST));
        // when
        parts.ended(7);
        // then
        assertThat(parts.missing(6)).isEmpty();
        assertThat(parts.missing(7)).isEmpty();
    }

    @Test
    void when_a_checkpoint_has_failed_then_it_waits_for_nobody_but_what_was_stored_is_remembered() {
        // given
        parts.begun(7, List.of(FIRST, SECOND));
        acknowledge(7, FIRST);
        // when
        parts.ended(7);
        // then
        assertThat(parts.missing(7)).isEmpty();
        assertThat(parts.of(CheckpointView.begun(7, 0)).replicas())
                .extracting(part -> part.stored().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void when_many_have_not_answered_then_the_first_are_named() {
        // given
        parts.begun(
                7,
                IntStream.range(0, 9).mapToObj(i -> new ReplicaId("totals", i)).toList());
        // when
        acknowledge(7, FIRST);
        // then
        assertThat(parts.missing(7))
                .isEqualTo(
                        "waits for stage totals replica 1, stage totals replica 2, stage totals replica 3 and 5 more;"
                                + " 1 of 9 have answered");
    }

    private void acknowledge(long checkpoint, ReplicaId replica) {
        ReplicaSnapshot snapshot = new ReplicaSnapshot(
                replica.stage(),
                replica.index(),
                new KeyGroupRange(0, 63),
                false,
                List.of(),
                List.of(),
                SnapshotTimes.NONE);
        parts.acknowledged(
                new ToCoordinator.Acknowledge(new Fence("orders", 1, 1), replica, checkpoint, snapshot), Duration.ZERO);
    }
}

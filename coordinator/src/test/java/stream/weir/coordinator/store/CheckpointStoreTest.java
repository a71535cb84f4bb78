package stream.weir.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static stream.weir.coordinator.store.TestStore.Fault.APPLIED_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.LOST_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.NONE;
import static stream.weir.coordinator.store.TestStore.Fault.REFUSED;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.keygroup.KeyGroupRange;

class CheckpointStoreTest {
    private static final RunRecord RUN = new RunRecord("orders", 1, 0, 1, 0, 1, 1);
    private final TestStore objects = new TestStore();
    private final CheckpointStore store = CheckpointStore.of(objects, "orders");

    @Test
    void when_created_then_durable_and_again_with_the_same_content_as_well() throws IOException {
        assertThat(store.putCheckpoint(aborted(42, 3))).isInstanceOf(StoreResult.Durable.class);
        assertThat(store.putCheckpoint(aborted(42, 3))).isInstanceOf(StoreResult.Durable.class);
        assertThat(objects.names()).containsExactly("checkpoints/0000000042.json");
        assertThat(store.checkpoint(42)).hasValue(aborted(42, 3));
        assertThat(store.checkpoints()).containsExactly(42L);
    }

    @Test
    void when_something_else_is_there_then_foreign_and_unchanged() throws IOException {
        store.putCheckpoint(aborted(42, 3));

        assertThat(store.putCheckpoint(aborted(42, 4))).isInstanceOf(StoreResult.Foreign.class);
        assertThat(store.checkpoint(42)).hasValue(aborted(42, 3));
    }

    @Test
    void when_applied_but_answered_with_a_timeout_then_found_by_reading_back() {
        objects.failing(APPLIED_BUT_UNKNOWN);

        assertThat(store.putCheckpoint(aborted(42, 3))).isInstanceOf(StoreResult.Durable.class);
    }

    @Test
    void when_the_answer_is_lost_and_nothing_is_there_then_unknown_as_it_may_still_come() {
        objects.failing(LOST_BUT_UNKNOWN);

        assertThat(store.putCheckpoint(aborted(42, 3))).isInstanceOf(StoreResult.Unknown.class);
    }

    @Test
    void when_the_answer_is_lost_and_another_one_is_there_then_foreign() {
        store.putCheckpoint(aborted(42, 2));
        objects.failing(LOST_BUT_UNKNOWN);

        assertThat(store.putCheckpoint(aborted(42, 3))).isInstanceOf(StoreResult.Foreign.class);
    }

    @Test
    void when_it_exists_but_cannot_be_read_then_unknown_with_both_errors() {
        objects.failing(APPLIED_BUT_UNKNOWN).readsFail(true);

        assertThat(store.putCheckpoint(aborted(42, 3)))
                .isInstanceOfSatisfying(StoreResult.Unknown.class, unknown -> assertThat(unknown.error())
                        .contains("timeout for checkpoints/0000000042.json", "503"));
    }

    @Test
    void when_refused_then_not_applied() {
        objects.failing(REFUSED);

        assertThat(store.putCheckpoint(aborted(42, 3)))
                .isEqualTo(new StoreResult.NotApplied("503 for checkpoints/0000000042.json"));
    }

    @Test
    void when_the_first_manifest_of_a_branch_is_there_but_not_its_mark_then_unknown_until_both_are() {
        store.putJournal(RUN);
        objects.failing(NONE, REFUSED);

        assertThat(store.putCheckpoint(complete(1, 0))).isInstanceOf(StoreResult.Unknown.class);
        assertThat(store.putCheckpoint(complete(1, 0))).isInstanceOf(StoreResult.Durable.class);
        assertThat(objects.names()).contains("completed/0000000001.json");
    }

    @Test
    void when_a_manifest_is_too_large_then_nothing_is_attempted() {
        store.putJournal(RUN);

        assertThat(store.putCheckpoint(complete(1, 25 << 20)))
                .isInstanceOfSatisfying(StoreResult.TooLarge.class, large -> assertThat(large.error())
                        .contains("checkpoints/0000000001.json", "33554432"));
        assertThat(objects.names()).containsExactly("runs/0000000001.json");
    }

    @Test
    void when_an_entry_is_under_another_id_or_of_another_pipeline_then_refused() {
        store.putCheckpoint(aborted(42, 3));
        objects.damage("checkpoints/0000000043.json", objects.content("checkpoints/0000000042.json"));

        assertThatThrownBy(() -> store.checkpoint(43))
                .hasMessage("test:orders/checkpoints/0000000043.json is checkpoint 42 of orders, where checkpoint 43 of"
                        + " orders has to be");
        assertThatThrownBy(() -> CheckpointStore.of(objects, "flights").checkpoint(42))
                .hasMessageContaining("is checkpoint 42 of orders, where checkpoint 42 of flights");
    }

    @Test
    void when_something_strange_lies_among_the_checkpoints_then_refused_with_its_name() {
        objects.damage("checkpoints/notes.txt", "x".getBytes(UTF_8));

        assertThatThrownBy(store::checkpoints)
                .hasMessageContaining("test:orders/checkpoints/notes.txt does not belong there");
    }

    @Test
    void when_two_open_terms_then_each_gets_its_own_also_after_a_lost_answer() throws IOException {
        assertThat(store.openTerm("a", 0)).isEqualTo(1);
        objects.failing(APPLIED_BUT_UNKNOWN);
        assertThat(store.openTerm("b", 0)).isEqualTo(2);
        assertThat(store.openTerm("c", 0)).isEqualTo(3);
    }

    @Test
    void when_another_opened_the_same_term_at_the_same_moment_then_the_next_is_taken() throws IOException {
        store.openTerm("a", 0);
        byte[] same = objects.content("terms/0000000001.json");
        objects.delete(List.of("terms/0000000001.json"));
        objects.intrude("terms/0000000001.json", same);

        assertThat(store.openTerm("b", 0)).isEqualTo(2);
    }

    private static Entry.Aborted aborted(long id, long term) {
        return new Entry.Aborted("orders", id, 1, term, CheckpointFailure.TIMED_OUT);
    }

    private static Entry.Complete complete(long id, int bytes) {
        KeyGroupRange all = new KeyGroupRange(0, 127);
        OperatorState state = new OperatorState("x", List.of(new OperatorState.Entry("y", new byte[bytes])));
        ReplicaSnapshot replica =
                new ReplicaSnapshot("read", 0, all, false, List.of(), List.of(state), SnapshotTimes.NONE);
        return new Entry.Complete(
                new Manifest("orders", id, 1, 1, 0, 0, CheckpointKind.PERIODIC, 128, List.of(), List.of(replica)));
    }
}

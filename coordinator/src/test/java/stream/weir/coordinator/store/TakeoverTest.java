package stream.weir.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static stream.weir.coordinator.store.TestStore.Fault.APPLIED_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.LOST_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.REFUSED;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.Branches.Segment;
import stream.weir.coordinator.checkpoint.Continued;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.coordinator.checkpoint.TakeoverRecord;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;

/** A new term in the same run: what the leader before did, what it can no longer do, and how the branches read afterwards. */
class TakeoverTest {
    private static final PipelineDescription PIPELINE =
            new PipelineDescription("orders", List.of(new StageDescription("count", 1, false)));

    private final TestStore objects = new TestStore();
    private int nonces;

    @Test
    void when_taken_over_then_the_run_goes_on_and_the_next_id_is_fenced() throws Exception {
        Opened first = start();
        complete(first, 1);
        complete(first, 2);

        Continued continued = takeOver(first.run().run(), 2).orElseThrow();

        assertThat(continued.takeover()).isEqualTo(new TakeoverRecord("orders", 2, 1, 2));
        assertThat(continued.newest().orElseThrow().checkpoint()).isEqualTo(2);
        assertThat(continued.nextCheckpoint()).isEqualTo(4);
        assertThat(continued.aborted()).isEmpty();
    }

    @Test
    void when_taken_over_then_the_leader_before_can_store_no_manifest_and_open_no_run() throws Exception {
        Opened first = start();
        complete(first, 1);
        takeOver(1, 2);

        assertThat(put(manifest(2, first))).isInstanceOf(StoreResult.Foreign.class);
        assertThat(store().putJournal(new RunRecord("orders", 2, 1, 1, 1, 2, 1)))
                .isInstanceOf(StoreResult.Foreign.class);
    }

    @Test
    void when_the_leader_before_has_stored_a_manifest_and_told_nobody_then_it_is_adopted() throws Exception {
        Opened first = start();
        complete(first, 1);
        objects.intrude("checkpoints/0000000002.json", ManifestJson.write(new Entry.Complete(manifest(2, first))));

        Continued continued = takeOver(1, 3).orElseThrow();

        assertThat(continued.newest().orElseThrow().checkpoint()).isEqualTo(2);
        assertThat(continued.aborted()).containsExactly(3L);
        assertThat(continued.nextCheckpoint()).isEqualTo(4);
    }

    @Test
    void when_replicas_have_heard_of_several_checkpoints_then_none_of_their_ids_comes_again_and_there_is_no_gap()
            throws Exception {
        Opened first = start();
        complete(first, 1);

        Continued continued = takeOver(1, 5).orElseThrow();

        assertThat(continued.nextCheckpoint()).isEqualTo(6);
        assertThat(continued.aborted()).containsExactly(2L, 3L, 4L, 5L);
        assertThat(store().checkpoints()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(store().checkpoint(5).orElseThrow()).isInstanceOf(Entry.Aborted.class);
    }

    @Test
    void when_replicas_claim_an_absurd_checkpoint_then_the_run_does_not_go_on() throws Exception {
        start();

        assertThat(takeOver(1, 1_000_000)).isEmpty();
        assertThat(store().checkpoints()).isEmpty();
    }

    @Test
    void when_the_leader_before_opens_a_run_at_the_last_moment_then_that_one_is_the_last_run() throws Exception {
        complete(start(), 1);
        Opening opening = opening();
        Opening.Leader leader = opening.lead("n9", 0);
        objects.intrude("runs/0000000002.json", LeadershipJson.write(new RunRecord("orders", 2, 1, 1, 1, 2, 1)));

        assertThat(opening.takeOver(leader.term(), leader.run(), 1)).isEmpty();
        Opened next = opening.open(StartOptions.newest(), leader.term(), (run, last) -> last.orElse(PIPELINE));
        assertThat(next.run())
                .isEqualTo(new RunRecord(
                        "orders", 3, 1, 1, 1, next.nextCheckpoint(), 2, PIPELINE.stages(), Optional.empty()));
    }

    @Test
    void when_a_newer_leader_has_taken_over_then_fenced() throws Exception {
        start();
        Opening slow = opening();
        Opening.Leader leader = slow.lead("slow", 0);
        takeOver(1, 0);

        StartRefusedException refused =
                catchThrowableOfType(StartRefusedException.class, () -> slow.takeOver(leader.term(), 1, 0));

        assertThat(refused.reason()).isEqualTo(StartRefusal.FENCED);
        assertThat(refused).hasMessageContaining("FENCED: term 2 < 3");
    }

    @Test
    void when_taken_over_twice_and_started_anew_then_the_journal_has_it_all_and_the_branch_skips_takeovers()
            throws Exception {
        Opened first = start();
        complete(first, 1);
        Continued second = takeOver(1, 1).orElseThrow();
        put(manifest(second.nextCheckpoint(), first));
        Continued third = takeOver(1, second.nextCheckpoint()).orElseThrow();

        Opened fourth = start();

        assertThat(third.newest().orElseThrow().checkpoint()).isEqualTo(second.nextCheckpoint());
        assertThat(fourth.run().run()).isEqualTo(4);
        assertThat(fourth.run().from()).isEqualTo(second.nextCheckpoint());
        assertThat(store().branchOf(4))
                .containsExactly(
                        new Segment(4, fourth.nextCheckpoint(), Long.MAX_VALUE),
                        new Segment(1, 1, second.nextCheckpoint()));
        assertThat(objects.names()).contains("runs/0000000002.json", "runs/0000000003.json", "runs/0000000004.json");
    }

    @Test
    void when_the_store_leaves_an_answer_open_then_it_is_asked_again_and_no_second_line_is_written() throws Exception {
        start();
        Opening opening = opening();
        Opening.Leader leader = opening.lead("n9", 0);
        objects.failing(APPLIED_BUT_UNKNOWN, LOST_BUT_UNKNOWN, REFUSED, APPLIED_BUT_UNKNOWN);

        assertThat(opening.takeOver(leader.term(), leader.run(), 0)).isPresent();
        assertThat(objects.names()).contains("runs/0000000002.json").doesNotContain("runs/0000000003.json");
    }

    @Test
    void when_a_wish_to_begin_elsewhere_was_carried_out_then_later_starts_and_takeovers_go_on_from_there()
            throws Exception {
        Opened first = start();
        complete(first, 1);
        complete(first, 2);
        StartOptions wish = StartOptions.at(1).acceptingDuplicates().once("spec-7");

        assertThat(opening().beginsElsewhere(wish)).isTrue();
        Opened second = opening().open(wish, "n" + nonces++, 0);
        assertThat(second.run().from()).isEqualTo(1);
        complete(second, second.nextCheckpoint());

        assertThat(opening().beginsElsewhere(wish)).isFalse();
        Opened third = opening().open(wish, "n" + nonces++, 0);
        assertThat(third.run().from()).isEqualTo(second.nextCheckpoint());
        assertThat(opening()
                        .open(StartOptions.newest(), "n" + nonces++, 0)
                        .run()
                        .request())
                .contains("spec-7");
        assertThat(opening().beginsElsewhere(StartOptions.at(1).once("spec-8"))).isTrue();
    }

    private Opened start() throws StartRefusedException {
        return opening().open(StartOptions.newest(), "n" + nonces++, 0);
    }

    private Optional<Continued> takeOver(long run, long heard) throws StartRefusedException {
        Opening opening = opening();
        return opening.takeOver(opening.lead("n" + nonces++, 0).term(), run, heard);
    }

    private Opening opening() {
        return Opening.of(store(), PIPELINE, CoordinatorConfig.defaults());
    }

    private CheckpointStore store() {
        return CheckpointStore.of(objects, "orders");
    }

    private void complete(Opened run, long id) {
        assertThat(put(manifest(id, run))).isEqualTo(new StoreResult.Durable());
    }

    private StoreResult put(Manifest manifest) {
        return store().putCheckpoint(new Entry.Complete(manifest));
    }

    private static Manifest manifest(long id, Opened by) {
        return new Manifest(
                "orders",
                id,
                by.run().run(),
                by.run().term(),
                0,
                0,
                CheckpointKind.PERIODIC,
                128,
                List.of(),
                List.of());
    }
}

package stream.weir.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static stream.weir.coordinator.store.TestStore.Fault.APPLIED_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.LOST_BUT_UNKNOWN;
import static stream.weir.coordinator.store.TestStore.Fault.NONE;
import static stream.weir.coordinator.store.TestStore.Fault.REFUSED;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.store.StoreException;

class OpeningTest {
    private static final StageDescription COUNT = new StageDescription("count", 1, false);
    private static final StageDescription WRITE = new StageDescription("write", 1, true);
    private final TestStore objects = new TestStore();
    private int nonces;

    @Test
    void when_there_is_nothing_then_run_1_of_term_1_starts_empty_with_checkpoint_1() throws Exception {
        Opened opened = open(StartOptions.newest());

        assertThat(opened).isEqualTo(new Opened(run(1, 0, 1, 0, 1, 1), Optional.empty(), 1));
        assertThat(objects.names()).containsExactly("owner.json", "runs/0000000001.json", "terms/0000000001.json");
    }

    @Test
    void when_started_again_then_from_the_newest_and_earlier_leaders_are_shut_out() throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);

        Opened second = open(StartOptions.newest());

        assertThat(second.run()).isEqualTo(run(2, 1, 1, 2, 4, 2));
        assertThat(second.from().orElseThrow().checkpoint()).isEqualTo(2);
        assertThat(second.nextCheckpoint()).isEqualTo(4);
        assertThat(tryComplete(first, 3)).isInstanceOf(StoreResult.Foreign.class);
    }

    @Test
    void when_an_earlier_leader_was_quicker_then_its_checkpoint_is_adopted() throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        objects.upload("files/2", new byte[3]);
        objects.intrude(
                "checkpoints/0000000002.json", ManifestJson.write(new Entry.Complete(manifest(2, 1, 128, "count"))));

        Opened opened = open(StartOptions.newest());

        assertThat(opened.from().orElseThrow().checkpoint()).isEqualTo(2);
        assertThat(opened.nextCheckpoint()).isEqualTo(4);
    }

    @Test
    void when_a_newer_leader_was_quicker_then_fenced() throws Exception {
        complete(open(StartOptions.newest()), 1);
        objects.intrude(
                "checkpoints/0000000002.json",
                ManifestJson.write(new Entry.Aborted("orders", 2, 1, 9, CheckpointFailure.FENCED)));

        StartRefusedException refused = refused(StartOptions.newest(), COUNT, WRITE);

        assertThat(refused.reason()).isEqualTo(StartRefusal.FENCED);
        assertThat(refused).hasMessageContaining("FENCED: term 2 < 9");
    }

    @Test
    void when_another_leader_opened_the_same_run_then_fenced() throws Exception {
        complete(open(StartOptions.newest()), 1);
        objects.intrude("runs/0000000002.json", LeadershipJson.write(new RunRecord("orders", 2, 1, 1, 1, 3, 9)));

        assertThat(refused(StartOptions.newest(), COUNT, WRITE).reason()).isEqualTo(StartRefusal.FENCED);
    }

    @Test
    void when_the_folder_is_anothers_then_refused_with_its_name() throws Exception {
        open(StartOptions.newest());
        PipelineDescription flights = new PipelineDescription("flights", List.of(COUNT));
        Opening opening = Opening.of(store("flights"), flights, CoordinatorConfig.defaults());

        StartRefusedException refused =
                catchThrowableOfType(StartRefusedException.class, () -> opening.open(StartOptions.newest(), "n", 0));

        assertThat(refused.reason()).isEqualTo(StartRefusal.OWNED_BY_ANOTHER);
        assertThat(refused)
                .hasMessageContainingAll("Cannot start flights", "test:orders/owner.json", "belongs to orders");
    }

    @Test
    void when_the_folder_is_that_of_a_pipeline_of_the_same_name_elsewhere_then_refused_with_both_places()
            throws Exception {
        at("shop").open(StartOptions.newest(), "n", 0);

        StartRefusedException refused = catchThrowableOfType(
                StartRefusedException.class, () -> at("trial").open(StartOptions.newest(), "n", 0));

        assertThat(refused.reason()).isEqualTo(StartRefusal.OWNED_BY_ANOTHER);
        assertThat(refused).hasMessageContainingAll("belongs to shop/orders", "this is trial/orders");
        assertThat(at("shop").open(StartOptions.newest(), "n", 0).run().run()).isEqualTo(2);
        assertThat(at("").open(StartOptions.newest(), "n", 0).run().run())
                .as("who cannot tell")
                .isEqualTo(3);
    }

    private Opening at(String home) {
        return Opening.of(
                CheckpointStore.of(objects, "orders", home),
                new PipelineDescription("orders", List.of(COUNT)),
                CoordinatorConfig.defaults());
    }

    @Test
    void when_no_checkpoint_was_ever_complete_then_it_starts_empty_again() throws Exception {
        open(StartOptions.newest());

        assertThat(open(StartOptions.newest()).from()).isEmpty();
        assertThat(open(StartOptions.newest()).run().run()).isEqualTo(3);
    }

    @Test
    void when_the_newest_is_damaged_then_refused_with_its_name_and_no_older_one_is_taken() throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);
        String name = "checkpoints/0000000002.json";
        byte[] whole = objects.content(name);
        String text = new String(whole, UTF_8);

        for (byte[] damaged : List.of(
                new byte[0],
                "{}".getBytes(UTF_8),
                text.substring(0, text.length() / 2).getBytes(UTF_8),
                text.replace("\"durationMillis\" : 5", "\"durationMillis\" : 6").getBytes(UTF_8),
                text.replace("\"formatVersion\" : 1", "\"formatVersion\" : 2").getBytes(UTF_8))) {
            objects.damage(name, damaged);
            StartRefusedException refused = refused(StartOptions.newest(), COUNT, WRITE);
            assertThat(refused.reason()).isEqualTo(StartRefusal.CHECKPOINT_INVALID);
            assertThat(refused)
                    .hasMessageContainingAll("Cannot start orders", "test:orders/" + name, "no older checkpoint");
        }
        objects.damage(name, new byte[40_000_000]);
        assertThat(refused(StartOptions.newest(), COUNT, WRITE)).hasMessageContainingAll(name, "40000000", "33554432");
    }

    @Test
    void when_the_newest_is_damaged_and_an_older_one_is_chosen_then_from_that_one_now_and_later() throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);
        objects.damage("checkpoints/0000000002.json", new byte[0]);

        Opened second = open(StartOptions.at(1).acceptingDuplicates());
        Opened third = open(StartOptions.newest());

        assertThat(second.from().orElseThrow().checkpoint()).isEqualTo(1);
        assertThat(third.from().orElseThrow().checkpoint()).isEqualTo(1);
    }

    @Test
    void when_all_checkpoints_are_gone_then_never_empty_unless_said_and_then_for_good() throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        objects.delete(List.of("checkpoints/0000000001.json"));

        assertThat(refused(StartOptions.newest(), COUNT, WRITE).reason()).isEqualTo(StartRefusal.WOULD_START_EMPTY);
        Opened fresh = open(StartOptions.fresh());
        assertThat(fresh.from()).isEmpty();
        assertThat(fresh.run().root()).isEqualTo(fresh.run().run());
        assertThat(open(StartOptions.newest()).from()).isEmpty();
    }

    @Test
    void when_the_checkpoint_a_run_came_from_is_gone_then_refused_with_its_name() throws Exception {
        complete(open(StartOptions.newest()), 1);
        open(StartOptions.newest());
        objects.delete(List.of("checkpoints/0000000001.json"));

        StartRefusedException refused = refused(StartOptions.newest(), COUNT, WRITE);

        assertThat(refused.reason()).isEqualTo(StartRefusal.CHECKPOINT_MISSING);
        assertThat(refused)
                .hasMessageContaining("test:orders/checkpoints/0000000001.json is missing: run 2 came from it");
    }

    @Test
    void when_runs_are_gone_then_refused_rather_than_guessed() throws Exception {
        complete(open(StartOptions.newest()), 1);
        objects.delete(List.of("runs/0000000001.json"));

        StartRefusedException refused = refused(StartOptions.newest(), COUNT, WRITE);
        assertThat(refused.reason()).isEqualTo(StartRefusal.WOULD_START_EMPTY);
        assertThat(refused)
                .hasMessageContainingAll("checkpoint 1 is there", "test:orders/runs/", "bring the runs back");
    }

    @Test
    void when_started_fresh_then_the_next_start_goes_on_from_there_and_not_from_the_branch_that_was_left()
            throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);
        Opened fresh = open(StartOptions.fresh());

        assertThat(open(StartOptions.newest()).from()).isEmpty();
        Opened third = open(StartOptions.newest());
        complete(third, third.nextCheckpoint());
        Opened fourth = open(StartOptions.newest());

        assertThat(fresh.nextCheckpoint()).isEqualTo(4);
        assertThat(fourth.from().orElseThrow().run()).isEqualTo(third.run().run());
    }

    @Test
    void when_restored_from_an_older_one_then_the_newer_ones_of_the_branch_that_was_left_are_never_taken()
            throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);
        complete(first, 3);
        Opened second = open(StartOptions.at(1).acceptingDuplicates());

        Opened third = open(StartOptions.newest());

        assertThat(second.run().from()).isEqualTo(1);
        assertThat(third.from().orElseThrow().checkpoint()).isEqualTo(1);
        assertThat(third.run().parent()).isEqualTo(1);
    }

    @Test
    void when_sinks_have_committed_beyond_the_chosen_one_then_refused_unless_duplicates_are_accepted()
            throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);

        StartRefusedException refused = refused(StartOptions.at(1), COUNT, WRITE);

        assertThat(refused.reason()).isEqualTo(StartRefusal.OUTPUT_COMMITTED_BEYOND);
        assertThat(refused).hasMessageContainingAll("checkpoint 1", "up to checkpoint 2", "accept duplicates");
        assertThat(open(StartOptions.at(2), COUNT, WRITE).run().from()).isEqualTo(2);
        assertThat(open(StartOptions.at(1), COUNT).run().from()).isEqualTo(1);
    }

    @Test
    void when_the_chosen_one_is_of_a_branch_that_was_left_then_refused_unless_duplicates_are_accepted()
            throws Exception {
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        complete(first, 2);
        open(StartOptions.at(1).acceptingDuplicates());

        assertThat(refused(StartOptions.at(2), COUNT, WRITE).reason()).isEqualTo(StartRefusal.OUTPUT_COMMITTED_BEYOND);
        assertThat(open(StartOptions.at(2).acceptingDuplicates()).run().parent())
                .isEqualTo(1);
    }

    @Test
    void when_there_is_no_such_checkpoint_or_it_was_aborted_then_refused_with_what_there_is() throws Exception {
        complete(open(StartOptions.newest()), 1);
        open(StartOptions.newest());

        assertThat(refused(StartOptions.at(77), COUNT, WRITE))
                .hasMessageContainingAll("checkpoints/0000000077.json is not there", "[1, 2");
        assertThat(refused(StartOptions.at(2), COUNT, WRITE)).hasMessageContaining("says that it was aborted");
    }

    @Test
    void when_max_parallelism_changed_then_refused_with_both() throws Exception {
        Opened first = open(StartOptions.newest());
        store("orders").putCheckpoint(new Entry.Complete(manifest(1, first.run().run(), 64, "count")));

        assertThat(refused(StartOptions.newest(), COUNT, WRITE))
                .hasMessageContainingAll("Cannot restore checkpoint 1 of orders", "maxParallelism 64", "has 128");
    }

    @Test
    void when_a_stage_with_state_is_gone_then_refused_with_its_states_unless_allowed() throws Exception {
        complete(open(StartOptions.newest()), 1);

        StartRefusedException refused = refused(StartOptions.newest(), WRITE);

        assertThat(refused.reason()).isEqualTo(StartRefusal.STATE_DROPPED);
        assertThat(refused).hasMessageContainingAll("count [sum/total]", "[write]", "allowDroppedState");
        assertThat(open(StartOptions.newest().allowingDroppedState(), WRITE)
                        .run()
                        .from())
                .isEqualTo(1);
    }

    @Test
    void when_an_object_of_the_checkpoint_is_missing_or_short_then_refused_with_its_name() throws Exception {
        complete(open(StartOptions.newest()), 1);

        objects.damage("files/1", new byte[2]);
        assertThat(refused(StartOptions.newest(), COUNT))
                .hasMessageContaining("test:orders/files/1 has 2 bytes instead of 3");
        objects.delete(List.of("files/1"));
        StartRefusedException refused = refused(StartOptions.newest(), COUNT);
        assertThat(refused.reason()).isEqualTo(StartRefusal.OBJECT_MISSING);
        assertThat(refused).hasMessageContaining("test:orders/files/1 is missing");
    }

    @Test
    void when_answers_are_lost_then_it_starts_all_the_same_with_one_of_each() throws Exception {
        complete(open(StartOptions.newest()), 1);
        objects.failing(NONE, APPLIED_BUT_UNKNOWN, LOST_BUT_UNKNOWN, APPLIED_BUT_UNKNOWN, LOST_BUT_UNKNOWN, REFUSED);

        Opened opened = open(StartOptions.newest());

        assertThat(opened.run()).isEqualTo(run(2, 1, 1, 1, 3, 2));
        assertThat(opened.from().orElseThrow().checkpoint()).isEqualTo(1);
    }

    @Test
    void when_a_wish_holds_for_the_first_start_only_then_later_ones_go_on() throws Exception {
        StartOptions wish = StartOptions.at(7).once("wish").atFirstStart();

        assertThat(refused(wish).reason()).isEqualTo(StartRefusal.CHECKPOINT_MISSING);
        Opened first = open(StartOptions.newest());
        complete(first, first.nextCheckpoint());
        assertThat(open(wish).from().orElseThrow().checkpoint()).isEqualTo(first.nextCheckpoint());
    }

    @Test
    void when_somebody_has_asked_the_job_to_end_then_a_later_leader_knows_until_it_has_come_about() throws Exception {
        Opened first = open(StartOptions.newest());
        CheckpointStore store = store("orders");
        Opening opening = Opening.of(
                store, new PipelineDescription("orders", List.of(COUNT, WRITE)), CoordinatorConfig.defaults());
        assertThat(opening.lead("n1", 0).end()).isEmpty();

        assertThat(store.putEnd(AskedEnd.DRAIN, first.run().run())).isInstanceOf(StoreResult.Durable.class);
        assertThat(store.putEnd(AskedEnd.DRAIN, first.run().run())).isInstanceOf(StoreResult.Durable.class);
        assertThat(opening.lead("n2", 0).end()).contains(AskedEnd.DRAIN);
        assertThat(store.putEnd(AskedEnd.STOP, first.run().run())).isInstanceOf(StoreResult.Durable.class);
        assertThat(opening.lead("n3", 0).end()).contains(AskedEnd.STOP);
        assertThat(store.forgetEnds(Set.of(AskedEnd.STOP))).isInstanceOf(StoreResult.Durable.class);
        assertThat(opening.lead("n4", 0).end()).contains(AskedEnd.DRAIN);
        assertThat(store.forgetEnds(Set.of(AskedEnd.values()))).isInstanceOf(StoreResult.Durable.class);
        assertThat(opening.lead("n5", 0).end()).isEmpty();
    }

    @Test
    void when_the_store_refuses_everything_then_refused_with_its_own_words() {
        objects.failing(REFUSED);

        StartRefusedException refused = refused(StartOptions.newest(), COUNT);

        assertThat(refused.reason()).isEqualTo(StartRefusal.STORE_FAILED);
        assertThat(refused).hasMessageContaining("503 for owner.json").hasCauseInstanceOf(StoreException.class);
    }

    private static RunRecord run(long run, long parent, long root, long from, long firstCheckpoint, long term) {
        return new RunRecord(
                "orders", run, parent, root, from, firstCheckpoint, term, List.of(COUNT, WRITE), Optional.empty());
    }

    private CheckpointStore store(String pipeline) {
        return CheckpointStore.of(objects, pipeline);
    }

    private Opened open(StartOptions options, StageDescription... stages) throws StartRefusedException {
        List<StageDescription> all = stages.length == 0 ? List.of(COUNT, WRITE) : List.of(stages);
        return Opening.of(store("orders"), new PipelineDescription("orders", all), CoordinatorConfig.defaults())
                .open(options, "nonce-" + nonces++, 0);
    }

    private StartRefusedException refused(StartOptions options, StageDescription... stages) {
        return catchThrowableOfType(StartRefusedException.class, () -> open(options, stages));
    }

    private void complete(Opened run, long id) {
        assertThat(tryComplete(run, id)).isInstanceOf(StoreResult.Durable.class);
    }

    private StoreResult tryComplete(Opened run, long id) {
        objects.upload("files/" + id, new byte[3]);
        return store("orders")
                .putCheckpoint(new Entry.Complete(manifest(id, run.run().run(), 128, "count")));
    }

    private static Manifest manifest(long id, long run, int maxParallelism, String stage) {
        KeyGroupRange all = new KeyGroupRange(0, maxParallelism - 1);
        StateHandle handle = new StateHandle.TableFile(all, new StoredObject("files/" + id, 3, 0));
        return new Manifest(
                "orders",
                id,
                run,
                run,
                0,
                5,
                CheckpointKind.PERIODIC,
                maxParallelism,
                List.of(new StageSchema(stage, 1, List.of(new StageSchema.StateSchema("sum/total", "value", "int")))),
                List.of(new ReplicaSnapshot(stage, 0, all, false, List.of(handle), List.of(), SnapshotTimes.NONE)));
    }
}

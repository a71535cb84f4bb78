package stream.weir.coordinator.savepoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.coordinator.PipelineDescription.StageDescription;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.StoreResult;
import stream.weir.coordinator.savepoint.Savepoints.Made;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.Opened;
import stream.weir.coordinator.store.Opening;
import stream.weir.coordinator.store.SnapshotPlace;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.coordinator.store.StartRefusedException;
import stream.weir.coordinator.store.TestStore;
import stream.weir.coordinator.store.TestStore.Fault;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.OperatorState;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.store.StoreException;

class SavepointsTest {
    private static final SnapshotPlace BEFORE_SALE = new SnapshotPlace.Savepoint("before-sale");

    private final TestStore objects = new TestStore();
    private int nonces;

    @Test
    void when_made_then_it_has_its_own_copy_of_all_that_it_names() throws Exception {
        // given
        Manifest checkpoint = complete(open(StartOptions.newest()), 1);
        // when
        Made made = savepoints().make("before-sale", checkpoint);
        // then
        assertThat(made).isEqualTo(Made.DONE);
        assertThat(savepoints().names()).containsExactly("before-sale");
        assertThat(savepoints().read("before-sale")).contains(checkpoint);
        assertThat(objects.content("savepoints/before-sale/files/1")).isEqualTo(objects.content("files/1"));
        assertThat(savepoints().read("after-sale")).isEmpty();
    }

    @Test
    void when_made_again_then_done_and_under_a_taken_name_nothing_is_touched() throws Exception {
        // given
        Opened opened = open(StartOptions.newest());
        Manifest first = complete(opened, 1);
        Manifest second = complete(opened, 2);
        savepoints().make("before-sale", first);
        // when, then
        assertThat(savepoints().make("before-sale", first)).isEqualTo(Made.DONE);
        assertThat(savepoints().make("before-sale", second)).isEqualTo(Made.NAME_TAKEN);
        assertThat(savepoints().read("before-sale")).contains(first);
        assertThat(objects.names()).doesNotContain("savepoints/before-sale/files/2");
    }

    @Test
    void when_the_manifest_cannot_be_created_then_there_is_no_savepoint_until_it_can() throws Exception {
        // given
        Manifest checkpoint = complete(open(StartOptions.newest()), 1);
        objects.failing(Fault.REFUSED);
        // when, then
        assertThatThrownBy(() -> savepoints().make("before-sale", checkpoint)).isInstanceOf(StoreException.class);
        assertThat(savepoints().names()).isEmpty();
        assertThat(savepoints().make("before-sale", checkpoint)).isEqualTo(Made.DONE);
    }

    @Test
    void when_a_copy_goes_before_the_manifest_is_there_then_there_is_no_savepoint_until_it_is_copied_again()
            throws Exception {
        // given
        Manifest checkpoint = complete(open(StartOptions.newest()), 1);
        objects.loseCopies(1);
        // when, then
        assertThatThrownBy(() -> savepoints().make("before-sale", checkpoint))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("savepoints/before-sale/files/1 was copied and is gone");
        assertThat(savepoints().names()).isEmpty();
        assertThat(savepoints().make("before-sale", checkpoint)).isEqualTo(Made.DONE);
    }

    @Test
    void when_a_file_is_gone_then_there_is_no_savepoint() throws Exception {
        Manifest checkpoint = complete(open(StartOptions.newest()), 1);
        objects.delete(List.of("files/1"));

        assertThatThrownBy(() -> savepoints().make("before-sale", checkpoint))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("files/1");
        assertThat(savepoints().names()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "..", "Sale", "-a", "a-", "a.b"})
    void when_it_is_no_name_then_said_so_and_nothing_is_made(String name) throws Exception {
        Manifest checkpoint = complete(open(StartOptions.newest()), 1);

        assertThat(Savepoints.problemWith(name)).isPresent();
        assertThatThrownBy(() -> savepoints().make(name, checkpoint)).hasMessageContaining("'" + name + "'");
    }

    @Test
    void when_started_from_a_savepoint_then_it_is_a_checkpoint_and_later_starts_go_on_from_there() throws Exception {
        // given
        Opened first = open(StartOptions.newest());
        savepoints().make("before-sale", complete(first, 1));
        complete(first, 2);
        objects.delete(List.of("files/1"));
        // when
        Opened second = open(StartOptions.at(BEFORE_SALE).acceptingDuplicates());
        // then
        Manifest from = second.from().orElseThrow();
        assertThat(from.checkpoint()).isEqualTo(4);
        assertThat(from.objects()).containsExactly(object(1));
        assertThat(objects.names()).contains("files/1", "checkpoints/0000000004.json");
        assertThat(second.run().from()).isEqualTo(4);
        assertThat(second.nextCheckpoint()).isEqualTo(5);
        // when
        Opened third = open(StartOptions.newest());
        // then
        assertThat(third.from().orElseThrow().checkpoint()).isEqualTo(4);
    }

    @Test
    void when_sinks_have_committed_beyond_the_savepoint_then_refused() throws Exception {
        Opened first = open(StartOptions.newest());
        savepoints().make("before-sale", complete(first, 1));
        complete(first, 2);

        assertThat(refused(StartOptions.at(BEFORE_SALE)).reason()).isEqualTo(StartRefusal.OUTPUT_COMMITTED_BEYOND);
    }

    @Test
    void when_nothing_was_committed_beyond_the_savepoint_then_started() throws Exception {
        savepoints().make("before-sale", complete(open(StartOptions.newest()), 1));

        assertThat(open(StartOptions.at(BEFORE_SALE)).from()).isPresent();
    }

    @Test
    void when_there_is_no_such_savepoint_then_refused_with_its_place() throws Exception {
        assertThat(refused(StartOptions.at(BEFORE_SALE)))
                .hasMessageContainingAll("savepoint before-sale", "savepoints/before-sale/manifest.json")
                .extracting(StartRefusedException::reason)
                .isEqualTo(StartRefusal.CHECKPOINT_MISSING);
    }

    @Test
    void when_a_file_of_the_savepoint_has_another_length_then_refused_with_its_name() throws Exception {
        savepoints().make("before-sale", complete(open(StartOptions.newest()), 1));
        objects.delete(List.of("files/1"));
        objects.damage("savepoints/before-sale/files/1", new byte[2]);

        assertThat(refused(StartOptions.at(BEFORE_SALE)))
                .hasMessageContainingAll("files/1", "2 bytes instead of 3")
                .extracting(StartRefusedException::reason)
                .isEqualTo(StartRefusal.OBJECT_MISSING);
    }

    @Test
    void when_it_dies_while_it_brings_a_snapshot_in_then_it_never_starts_empty() throws Exception {
        // given
        Opened first = open(StartOptions.newest());
        savepoints().make("before-sale", complete(first, 1));
        // when: term, the entry that fences, the mark, the run; and then the manifest is refused
        objects.failing(Fault.NONE, Fault.NONE, Fault.NONE, Fault.NONE, Fault.NONE, Fault.REFUSED);
        StartRefusedException died = refused(StartOptions.at(BEFORE_SALE));
        // then
        assertThat(died.reason()).isEqualTo(StartRefusal.STORE_FAILED);
        assertThat(refused(StartOptions.newest()).reason()).isEqualTo(StartRefusal.WOULD_START_EMPTY);
        assertThat(open(StartOptions.at(BEFORE_SALE).acceptingDuplicates()).from())
                .isPresent();
    }

    @Test
    void when_started_from_another_folder_then_its_files_are_brought_in() throws Exception {
        // given
        Opened first = open(StartOptions.newest());
        complete(first, 1);
        TestStore elsewhere = new TestStore();
        // when
        Opened moved = opening(elsewhere, "other")
                .open(StartOptions.at(new SnapshotPlace.Elsewhere(objects, "checkpoints/0000000001.json")), "n", 0);
        // then
        assertThat(moved.from().orElseThrow().pipeline()).isEqualTo("other");
        assertThat(moved.from().orElseThrow().checkpoint()).isEqualTo(1);
        assertThat(elsewhere.content("files/1")).hasSize(3);
        assertThat(moved.from().orElseThrow().replicas().getFirst().operator())
                .extracting(OperatorState::name)
                .containsExactly("source.positions");
        assertThat(opening(elsewhere, "other")
                        .open(StartOptions.newest(), "m", 0)
                        .from()
                        .orElseThrow()
                        .checkpoint())
                .isEqualTo(1);
    }

    private Savepoints savepoints() {
        return Savepoints.in(objects);
    }

    private Opened open(StartOptions options) throws StartRefusedException {
        return opening(objects, "orders").open(options, "n" + nonces++, 0);
    }

    private StartRefusedException refused(StartOptions options) {
        return catchThrowableOfType(StartRefusedException.class, () -> open(options));
    }

    private static Opening opening(TestStore store, String pipeline) {
        PipelineDescription description =
                new PipelineDescription(pipeline, List.of(new StageDescription("write", 1, true)));
        return Opening.of(CheckpointStore.of(store, pipeline), description, CoordinatorConfig.defaults());
    }

    private Manifest complete(Opened opened, long checkpoint) throws StoreException {
        objects.upload("files/" + checkpoint, new byte[3]);
        KeyGroupRange all = new KeyGroupRange(0, 127);
        Manifest manifest = new Manifest(
                "orders",
                checkpoint,
                opened.run().run(),
                opened.run().term(),
                7,
                5,
                CheckpointKind.PERIODIC,
                128,
                List.of(),
                List.of(new ReplicaSnapshot(
                        "write",
                        0,
                        all,
                        false,
                        List.of(new StateHandle.TableFile(all, object(checkpoint))),
                        List.of(
                                new OperatorState("source.positions", List.of()),
                                new OperatorState("sink.transactions", List.of())),
                        SnapshotTimes.NONE)));
        assertThat(CheckpointStore.of(objects, "orders").putCheckpoint(new Entry.Complete(manifest)))
                .isInstanceOf(StoreResult.Durable.class);
        return manifest;
    }

    private static StoredObject object(long checkpoint) {
        return new StoredObject("files/" + checkpoint, 3, 0);
    }
}

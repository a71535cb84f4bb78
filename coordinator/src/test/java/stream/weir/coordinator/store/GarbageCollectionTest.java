package stream.weir.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.checkpoint.Branches.Segment;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.store.GarbageCollection.Contents;
import stream.weir.coordinator.store.GarbageCollection.StoredItem;
import stream.weir.coordinator.store.GarbageCollector.Plan;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Two are retained, the grace time is 10 minutes, and it is minute 100. */
class GarbageCollectionTest {
    private static final long NOW = 100;
    private final Map<String, KnownEntry> entries = new HashMap<>();
    private final List<StoredItem> objects = new ArrayList<>();

    @Test
    void when_enough_newer_ones_are_complete_then_the_older_go_and_what_only_they_named() {
        complete(1, 10, "a", "b");
        complete(2, 20, "b", "c");
        complete(3, 30, "c", "d");

        Plan plan = plan();

        assertThat(plan.entries()).containsExactly("checkpoints/1");
        assertThat(plan.files()).containsExactly("files/a");
    }

    @Test
    void when_young_then_neither_entry_nor_file_goes() {
        complete(1, 95, "a");
        complete(2, 96, "b");
        complete(3, 97, "c");
        file("stray", 91);

        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void when_a_file_is_old_and_nobody_names_it_then_it_goes() {
        complete(1, 10, "a");
        file("stray", 20);

        assertThat(plan().files()).containsExactly("files/stray");
        assertThat(plan().entries()).isEmpty();
    }

    @Test
    void when_a_pending_checkpoint_names_an_old_file_then_it_stays() {
        complete(1, 10, "a");
        file("pending", 20);

        assertThat(plan().files()).isEmpty();
    }

    @Test
    void when_an_old_entry_is_too_young_to_go_then_its_files_stay_with_it() {
        complete(1, 95, "a");
        complete(2, 96, "b");
        complete(3, 97, "c");
        objects.replaceAll(item -> item.name().startsWith("files/") ? new StoredItem(item.name(), 0) : item);

        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void when_the_one_that_makes_it_superfluous_is_young_then_it_stays_as_a_replica_may_still_build_on_it() {
        complete(1, 10, "a");
        complete(2, 20, "b");
        complete(3, 91, "c");

        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void when_it_was_taken_for_a_savepoint_then_it_goes_as_any_other_as_the_savepoint_is_a_copy() {
        add(manifest(1, 1, CheckpointKind.SAVEPOINT, "a"), 10);
        complete(2, 20, "b");
        complete(3, 30, "c");
        complete(4, 40, "d");

        assertThat(plan().entries()).containsExactly("checkpoints/1", "checkpoints/2");
        assertThat(plan().files()).containsExactly("files/a", "files/b");
    }

    @Test
    void when_a_branch_was_left_then_its_checkpoints_stay_until_the_current_one_has_enough_of_its_own() {
        complete(1, 10, "a");
        complete(2, 11, "left");
        add(manifest(5, 2, CheckpointKind.PERIODIC, "e"), 50);
        List<Segment> branch = List.of(new Segment(2, 5, Long.MAX_VALUE), new Segment(1, 1, 1));

        assertThat(plan(branch).isEmpty()).isTrue();
        add(manifest(6, 2, CheckpointKind.PERIODIC, "f"), 60);

        assertThat(plan(branch).entries()).containsExactly("checkpoints/1", "checkpoints/2");
        assertThat(plan(branch).files()).containsExactly("files/a", "files/left");
    }

    @Test
    void when_markers_are_older_than_all_that_is_kept_then_they_go_but_never_the_newest_entry() {
        aborted(1, 10);
        complete(2, 20, "b");
        aborted(3, 30);
        complete(4, 40, "d");
        aborted(5, 50);

        assertThat(plan().entries()).containsExactly("checkpoints/1");
    }

    @Test
    void when_there_are_only_markers_then_the_newest_stays_and_nothing_is_kept_from_going_wrong() {
        aborted(1, 10);
        aborted(2, 20);

        assertThat(plan().entries()).isEmpty();
    }

    @Test
    void when_the_copy_of_a_savepoint_was_cut_off_then_it_goes_when_all_of_it_is_old() {
        complete(1, 10, "a");
        savepoint("cut-off/files/a", 20);
        savepoint("cut-off/files/b", 30);

        assertThat(plan().files()).containsExactly("savepoints/cut-off/files/a", "savepoints/cut-off/files/b");
    }

    @Test
    void when_a_savepoint_is_there_or_may_still_be_copied_then_nothing_of_it_goes() {
        complete(1, 10, "a");
        savepoint("there/files/a", 10);
        savepoint("there/manifest.json", 11);
        savepoint("under-way/files/a", 10);
        savepoint("under-way/files/b", 95);
        savepoint("slow/files/pending", 10);
        savepoint("slow/files/x", 10);
        savepoint("stray", 10);

        assertThat(plan().isEmpty()).isTrue();
    }

    @Test
    void when_a_name_is_of_no_known_kind_then_it_is_left_alone() {
        complete(1, 10, "a");
        objects.add(new StoredItem("savepoints/x/manifest.json", 0));
        objects.add(new StoredItem("runs/0000000001.json", 0));
        objects.add(new StoredItem("holiday.jpg", 0));

        assertThat(plan().isEmpty()).isTrue();
    }

    private void complete(long id, long minute, String... files) {
        add(manifest(id, 1, CheckpointKind.PERIODIC, files), minute);
    }

    private void add(Manifest manifest, long minute) {
        put(new Entry.Complete(manifest));
        objects.add(new StoredItem("checkpoints/" + manifest.checkpoint(), minutes(minute)));
        manifest.objects().forEach(object -> objects.add(new StoredItem(object.name(), minutes(minute))));
    }

    private void aborted(long id, long minute) {
        put(new Entry.Aborted("orders", id, 1, 1, CheckpointFailure.FENCED));
        objects.add(new StoredItem("checkpoints/" + id, minutes(minute)));
    }

    private void put(Entry entry) {
        entries.put("checkpoints/" + entry.checkpoint(), KnownEntry.of(entry, name -> name));
    }

    private void file(String name, long minute) {
        objects.add(new StoredItem("files/" + name, minutes(minute)));
    }

    private void savepoint(String name, long minute) {
        objects.add(new StoredItem("savepoints/" + name, minutes(minute)));
    }

    private Plan plan() {
        return plan(List.of(new Segment(1, 1, Long.MAX_VALUE)));
    }

    private Plan plan(List<Segment> branch) {
        List<StoredItem> listed = objects.stream().distinct().toList();
        return new GarbageCollection(
                        new Retention(branch, 2),
                        Duration.ofMinutes(10),
                        Set.of("files/pending", "savepoints/slow/files/pending"))
                .plan(new Contents(entries, listed, minutes(NOW)));
    }

    private static long minutes(long count) {
        return count * 60_000;
    }

    private static Manifest manifest(long id, long run, CheckpointKind kind, String... files) {
        KeyGroupRange all = new KeyGroupRange(0, 127);
        List<StateHandle> handles = Stream.of(files)
                .<StateHandle>map(file -> new StateHandle.TableFile(all, new StoredObject("files/" + file, 1, 1)))
                .toList();
        return new Manifest(
                "orders",
                id,
                run,
                1,
                0,
                0,
                kind,
                128,
                List.of(),
                List.of(new ReplicaSnapshot("count", 0, all, false, handles, List.of(), SnapshotTimes.NONE)));
    }
}

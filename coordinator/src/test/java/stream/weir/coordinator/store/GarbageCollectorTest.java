package stream.weir.coordinator.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.checkpoint.Entry;
import stream.weir.coordinator.checkpoint.RunRecord;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.SnapshotTimes;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Three checkpoints are retained. */
class GarbageCollectorTest {
    private static final CoordinatorConfig CONFIG = CoordinatorConfig.defaults();
    private static final RunRecord RUN = new RunRecord("orders", 1, 0, 1, 0, 1, 1);

    private final TestStore objects = new TestStore();
    private final CheckpointStore store = CheckpointStore.of(objects, "orders");
    private final GarbageCollector collector = new GarbageCollector(store, CONFIG);

    @Test
    void when_collected_again_and_again_then_each_entry_is_read_once_and_all_that_nobody_names_goes()
            throws IOException {
        // given
        leads();
        complete(1, "a", "b");
        complete(2, "b", "c");
        complete(3, "c");
        assertThat(collect()).isEmpty();
        List.of(1L, 2L, 3L).forEach(id -> objects.damage(CheckpointStore.checkpointName(id), "{".getBytes(UTF_8)));
        // when
        complete(4, "c", "d");
        objects.passMillis(CONFIG.graceTime().toMillis());
        objects.upload("files/young", new byte[1]);
        // then
        assertThat(collect()).containsExactlyInAnyOrder("checkpoints/0000000001.json", "files/a");
        assertThat(collect()).isEmpty();
        assertThat(objects.names()).contains("files/b", "files/c", "files/d", "files/young");
    }

    private void leads() throws IOException {
        store.openTerm("nonce", 0);
        store.putJournal(RUN);
    }

    private void complete(long id, String... files) {
        KeyGroupRange all = new KeyGroupRange(0, 127);
        List<StateHandle> handles = Stream.of(files)
                .<StateHandle>map(file -> new StateHandle.TableFile(all, new StoredObject("files/" + file, 1, 1)))
                .toList();
        Stream.of(files).forEach(file -> objects.upload("files/" + file, new byte[1]));
        ReplicaSnapshot replica = new ReplicaSnapshot("count", 0, all, false, handles, List.of(), SnapshotTimes.NONE);
        store.putCheckpoint(new Entry.Complete(
                new Manifest("orders", id, 1, 1, 0, 0, CheckpointKind.PERIODIC, 128, List.of(), List.of(replica))));
    }

    private List<String> collect() throws IOException {
        GarbageCollector.Plan plan = collector.collect(new Fence("orders", 1, 1), Set.of());
        return Stream.concat(plan.entries().stream(), plan.files().stream()).toList();
    }
}

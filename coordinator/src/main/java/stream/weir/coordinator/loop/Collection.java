package stream.weir.coordinator.loop;

import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.store.CheckpointStore;
import stream.weir.coordinator.store.GarbageCollector;
import stream.weir.coordinator.store.GarbageCollector.Plan;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.protocol.control.Fence;
import stream.weir.store.StoreException;

/** Runs the garbage collector beside everything else, one at a time. What fails is tried again after the next checkpoint. */
final class Collection {
    private static final Logger LOG = LoggerFactory.getLogger(Collection.class);

    private final GarbageCollector collector;
    private final Executor storeCalls;
    private final AtomicBoolean busy = new AtomicBoolean();

    Collection(CheckpointStore store, CoordinatorConfig config, Executor storeCalls) {
        this.collector = new GarbageCollector(store, config);
        this.storeCalls = storeCalls;
    }

    void run(Fence leader, Set<String> pendingObjects) {
        if (busy.compareAndSet(false, true)) {
            storeCalls.execute(() -> {
                try {
                    collect(leader, pendingObjects);
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    private void collect(Fence leader, Set<String> pendingObjects) {
        try {
            Plan deleted = collector.collect(leader, pendingObjects);
            if (!deleted.isEmpty()) {
                LOG.debug(
                        "{}: deleted {} checkpoints and {} files",
                        leader.pipeline(),
                        deleted.entries().size(),
                        deleted.files().size());
            }
        } catch (InvalidDocumentException e) {
            LOG.error("{}: nothing is deleted, as nobody knows what is in use: {}", leader.pipeline(), e.getMessage());
        } catch (StoreException e) {
            LOG.warn("{}: old checkpoints could not be deleted: {}", leader.pipeline(), e.getMessage());
        }
    }
}

package stream.weir.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.coordinator.loop.CoordinatorPorts;
import stream.weir.coordinator.store.DataDeletion;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/**
 * The end of a job's data, once begun for the life of this process: it holds the office from then on, so that no other process
 * begins the job anew, but coordinates nothing. Methods belong to the loop's thread, but for {@link #leads}.
 */
final class DataRemoval {
    private static final Logger LOG = LoggerFactory.getLogger(DataRemoval.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ObjectStore objects;
    private final CoordinatorPorts ports;
    private final CallsUnderWay calls;
    private final List<CompletableFuture<Long>> waiting = new ArrayList<>();
    private volatile boolean office;
    private volatile boolean begun;
    private boolean busy;

    /** @param calls those of leaderships, which are waited for */
    DataRemoval(ObjectStore objects, CoordinatorPorts ports, CallsUnderWay calls) {
        this.objects = objects;
        this.ports = ports;
        this.calls = calls;
    }

    /** Whether this process holds the office. */
    void office(boolean held) {
        office = held;
    }

    boolean isBegun() {
        return begun;
    }

    /** Whether this process is the one to ask, though it coordinates nothing. */
    boolean leads() {
        return begun && office;
    }

    /**
     * Deletes what is there, unless that is under way already.
     *
     * @param done completed when all is gone, or with the error
     * @param news what became of it, for people; on the loop's thread
     */
    void begin(CompletableFuture<Long> done, Consumer<String> news) {
        if (!office) {
            done.completeExceptionally(
                    new StoreException("this coordinator leads no more", StoreException.Outcome.NOT_APPLIED));
            return;
        }
        begun = true;
        waiting.add(done);
        if (!busy) {
            busy = true;
            whenQuiet(news);
        }
    }

    private void whenQuiet(Consumer<String> news) {
        if (calls.isQuiet()) {
            ports.storeCalls().execute(() -> delete(news));
        } else {
            ports.timer().after(LOOK, () -> ports.loop().execute(() -> whenQuiet(news)));
        }
    }

    private void delete(Consumer<String> news) {
        try {
            long deleted = DataDeletion.in(objects).run(() -> office);
            LOG.info("{} objects are deleted in {}", deleted, objects.location());
            ports.loop().execute(() -> {
                news.accept("its data are deleted");
                end(done -> done.complete(deleted));
            });
        } catch (StoreException | RuntimeException e) {
            LOG.warn("data in {} could not be deleted", objects.location(), e);
            ports.loop().execute(() -> {
                news.accept("its data could not be deleted: ask again: " + e.getMessage());
                end(done -> done.completeExceptionally(e));
            });
        }
    }

    private void end(Consumer<CompletableFuture<Long>> answer) {
        busy = false;
        List<CompletableFuture<Long>> asked = List.copyOf(waiting);
        waiting.clear();
        asked.forEach(answer);
    }
}

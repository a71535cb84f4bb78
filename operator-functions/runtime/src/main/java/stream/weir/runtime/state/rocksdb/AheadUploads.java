package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFiles;

/**
 * The files of the newest link, stored behind the checkpoints that are not built on it, so that the first one that is does not wait for
 * them. Until then no manifest names these objects, and the store's collection deletes such objects when they are older than the
 * timeout of checkpoints and a minute; so they count for captures that begin within {@link #FRESH}. What could not be stored is stored by
 * the checkpoint. Safe for use by any number of threads.
 */
final class AheadUploads {
    /** Well below the minute for which objects are kept beyond the timeout of the checkpoint that may name them. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(AheadUploads.class);
    private static final Upload NONE = new Upload(-1);

    private final StateFiles files;
    private final Transfers transfers;
    private final Moment.Clocks clocks;
    private volatile Upload newest = NONE;

    /** Of one link. Whoever claims it first does it: the work of its own, or the checkpoint that would have to wait for that. */
    private static final class Upload {
        private final long epoch;
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Map<String, Ahead> stored = new ConcurrentHashMap<>();

        Upload(long epoch) {
            this.epoch = epoch;
        }
    }

    private record Ahead(StoredObject object, Moment since) {}

    /** The files of a link that are not stored yet, once the link is there. */
    interface Wanted {
        List<Path> files() throws IOException;
    }

    AheadUploads(StateFiles files, Transfers transfers, Moment.Clocks clocks) {
        this.files = files;
        this.transfers = transfers;
        this.clocks = clocks;
    }

    Moment now() {
        return clocks.now();
    }

    /**
     * Forgets what was stored before, and begins to store these.
     *
     * @param epoch of the link
     */
    void begin(long epoch, Wanted wanted) {
        Upload upload = new Upload(epoch);
        newest = upload;
        transfers.executor().execute(() -> {
            if (upload.claimed.compareAndSet(false, true)) {
                store(wanted, upload);
            }
        });
    }

    private void store(Wanted wanted, Upload upload) {
        try {
            List<Callable<StoredObject>> each = new ArrayList<>();
            for (Path file : wanted.files()) {
                each.add(() -> store(file, upload));
            }
            transfers.run(each);
        } catch (IOException | RuntimeException e) {
            LOG.debug("files are left to the checkpoint that needs them", e);
        } finally {
            upload.over.countDown();
        }
    }

    private StoredObject store(Path file, Upload upload) throws IOException {
        if (upload != newest) {
            throw new IOException("nobody will build on the link of " + file + " any more");
        }
        Moment since = clocks.now();
        StoredObject object = files.store(file);
        upload.stored.put(file.getFileName().toString(), new Ahead(object, since));
        return object;
    }

    /** Ends what has not begun, and what has begun with the file at which it is. */
    void close() {
        newest = NONE;
    }

    /** Ends what has not begun of that link, and returns when what has begun is over. */
    void await(long epoch) throws IOException {
        Upload upload = newest;
        if (upload.epoch != epoch) {
            return;
        }
        if (upload.claimed.compareAndSet(false, true)) {
            upload.over.countDown();
            return;
        }
        try {
            upload.over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files of a link were on their way to the store", e);
        }
    }

    /**
     * The stored form of a file, if it was stored ahead not too long ago.
     *
     * @param begun when the capture began that will name it
     */
    Optional<StoredObject> find(Path file, Moment begun) throws IOException {
        Ahead ahead = newest.stored.get(file.getFileName().toString());
        return ahead != null && ahead.since.isWithin(FRESH, begun) && ahead.object.bytes() == Files.size(file)
                ? Optional.of(ahead.object)
                : Optional.empty();
    }
}

package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFiles;

/**
 * Files that are stored before the checkpoint that is built on them, so that it does not wait for them: those of a link, and large files of
 * changes. Until then no manifest names these objects, and the store's collection deletes such objects when they are older than the
 * timeout of checkpoints and a minute; so they count for captures that begin within {@link #FRESH}, and nothing is stored ahead where captures
 * are farther apart. Where the store is slow, files wait for their turn: what could not be stored, or has not begun, is stored by the
 * checkpoint. Safe for use by any number of threads.
 */
final class AheadUploads {
    /** Well below the minute for which objects are kept beyond the timeout of the checkpoint that may name them. */
    static final Duration FRESH = Duration.ofSeconds(30);

    /** Origins that are on their way to the store at a time: files of changes go on beside a link, which may take long. */
    static final int PARALLEL = 2;

    private static final Logger LOG = LoggerFactory.getLogger(AheadUploads.class);

    private final StateFiles files;
    private final Transfers transfers;
    private final Moment.Clocks clocks;

    /** By origin, in the order in which they came. */
    private final Map<Path, Upload> uploads = new LinkedHashMap<>();

    private int working;

    /** When the last capture began, where it came soon after the one before and the next may too; else nothing is stored ahead. */
    private @Nullable Moment expecting;

    private Moment captured;

    /** Of one origin. Whoever claims it first does it: the work of its own, or the checkpoint that would have to wait for that. */
    private static final class Upload {
        private final Path origin;
        private final Wanted wanted;
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Map<String, Ahead> stored = new ConcurrentHashMap<>();

        Upload(Path origin, Wanted wanted) {
            this.origin = origin;
            this.wanted = wanted;
        }

        boolean claim() {
            return claimed.compareAndSet(false, true);
        }
    }

    private record Ahead(StoredObject object, Moment since) {}

    /** Files that are not stored yet, once they are there. */
    interface Wanted {
        List<Path> files() throws IOException;
    }

    AheadUploads(StateFiles files, Transfers transfers, Moment.Clocks clocks) {
        this.files = files;
        this.transfers = transfers;
        this.clocks = clocks;
        this.captured = clocks.now();
    }

    /**
     * A capture begins.
     *
     * @return when
     */
    synchronized Moment captured() {
        Moment now = clocks.now();
        expecting = captured.isWithin(FRESH, now) ? now : null;
        captured = now;
        return now;
    }

    /**
     * Stores these when their turn comes, if the next capture can be expected soon.
     *
     * @param origin that they are of: the folder of a link, or a file itself
     */
    void begin(Path origin, Wanted wanted) {
        if (needsThread(new Upload(origin, wanted))) {
            transfers.executor().execute(this::work);
        }
    }

    private synchronized boolean needsThread(Upload upload) {
        Moment last = expecting;
        if (last == null || !last.isWithin(FRESH, clocks.now())) {
            return false;
        }
        uploads.put(upload.origin, upload);
        if (working == PARALLEL) {
            return false;
        }
        working++;
        return true;
    }

    private void work() {
        for (Upload next = next(); next != null; next = next()) {
            store(next);
        }
    }

    private synchronized @Nullable Upload next() {
        for (Upload each : uploads.values()) {
            if (each.claim()) {
                return each;
            }
        }
        working--;
        return null;
    }

    private synchronized @Nullable Upload of(Path origin) {
        return uploads.get(origin);
    }

    private void store(Upload upload) {
        try {
            List<Callable<StoredObject>> each = new ArrayList<>();
            for (Path file : upload.wanted.files()) {
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
        if (of(upload.origin) != upload) {
            throw new IOException("nobody will build on " + upload.origin + " any more");
        }
        Moment since = clocks.now();
        StoredObject object = files.store(file);
        upload.stored.put(file.getFileName().toString(), new Ahead(object, since));
        return object;
    }

    /** Ends what has not begun of an origin that nobody builds on any more, and what has begun with the file at which it is. */
    synchronized void forget(Path origin) {
        uploads.remove(origin);
    }

    /** As {@link #forget}, of all there are; nothing begins afterwards. */
    synchronized void close() {
        expecting = null;
        uploads.clear();
    }

    /**
     * The stored form of a file, if it was stored ahead not too long ago. Ends what has not begun of that origin, and returns when what has
     * begun is over.
     *
     * @param begun when the capture began that will name it
     */
    Optional<StoredObject> find(Path origin, Path file, Moment begun) throws IOException {
        Upload upload = of(origin);
        if (upload == null) {
            return Optional.empty();
        }
        await(upload);
        Ahead ahead = upload.stored.get(file.getFileName().toString());
        return ahead != null && ahead.since.isWithin(FRESH, begun) && ahead.object.bytes() == Files.size(file)
                ? Optional.of(ahead.object)
                : Optional.empty();
    }

    private static void await(Upload upload) throws IOException {
        if (upload.claim()) {
            upload.over.countDown();
            return;
        }
        try {
            upload.over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files of " + upload.origin + " were on their way to the store", e);
        }
    }
}

package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Records what changes between captures in files, beside the way to RocksDB and not behind it, so that a capture does not wait for
 * RocksDB. A file that has become large ends an epoch of its own and is stored at once, so that a capture waits for the last one only.
 * Nothing is recorded before {@link #begin}, nor after more has changed than is worth making again. Used on the replica's thread where nothing
 * else is said.
 */
final class ChangeRecorder {
    /** So often changes may reach the size at which the database is linked, before what is recorded is given up. */
    private static final long MOST_LINKS = 8;

    /** A file with changes that take so many is worth an object of its own. */
    private static final int PAGES_OF_A_FILE = 32;

    private final SerialWriter writer;
    private final ChangeFiles files;
    private final AheadUploads ahead;
    private final Flush flush;
    private final long mostBytes;
    private final long fileBytes;
    private long epoch;

    /** Of changes that were recorded in this epoch, as they lay in memory. */
    private long bytes;

    private boolean recording;
    private long base;

    /** Pages below were frozen before the recording began. */
    private long from;

    /** Of pages below {@link #from}, those below this were given to an earlier recording, and may be waiting still. */
    private long owed;

    /** Where the pages end that were given to the writer last. */
    private long given;

    /**
     * The end of an epoch.
     *
     * @param ticket for {@link #await}
     */
    record Ended(long epoch, long ticket) {}

    ChangeRecorder(SerialWriter writer, ChangeFiles files, AheadUploads ahead, RocksDbConfig config) {
        this.writer = writer;
        this.files = files;
        this.ahead = ahead;
        this.epoch = files.newest();
        this.flush = new Flush(files, Flush.Sorting.NONE, writer::progress, config);
        this.mostBytes = MOST_LINKS * config.changeBytes();
        this.fileBytes = (long) PAGES_OF_A_FILE * config.pageBytes();
    }

    /**
     * Whether a file of that size ended with a capture, and not because it was large: then it has at least a quarter of what its changes
     * took in the log. A large one of a capture is taken for the other kind: the bytes of changes bound how many of these there are.
     */
    boolean isOfACapture(long size) {
        return size < fileBytes / 4;
    }

    boolean isRecording() {
        return recording;
    }

    /** @param address everything below has been frozen already */
    void begin(long address) {
        recording = true;
        from = address;
        owed = given;
    }

    /** @param built the epoch behind which it is worth recording */
    void builtOn(long built) {
        base = built;
    }

    /** @param before where the pages end in the log, if there are any */
    void record(List<Page> pages, List<OrderedGeneration> generations, long before) {
        if (!recording) {
            return;
        }
        if (files.bytesBehind(base) > mostBytes) {
            recording = false;
            return;
        }
        given = pages.isEmpty() ? given : before;
        writer.submit(() -> flush.run(pages, generations));
        bytes += pages.stream().mapToLong(Page::changeBytes).sum()
                + generations.stream().mapToLong(OrderedGeneration::bytes).sum();
        if (bytes >= fileBytes) {
            Ended part = end();
            writer.submit(() -> storeAhead(part.epoch()));
        }
    }

    private void storeAhead(long ended) throws IOException {
        for (Path file : files.between(ended - 1, ended)) {
            ahead.begin(file, () -> List.of(file));
        }
    }

    /** Whether nothing below has to be kept for the recording. */
    boolean isRecorded(long address) {
        return flush.flushedBefore() >= Math.min(address, address <= from ? owed : given);
    }

    /** Returns when {@link #isRecorded} holds. */
    void awaitRecorded(long address) {
        try {
            writer.awaitUntil(() -> isRecorded(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void check() throws IOException {
        writer.check();
    }

    /** Ends an epoch behind everything recorded so far. */
    Ended end() {
        long ended = ++epoch;
        bytes = 0;
        return new Ended(ended, writer.submit(() -> files.end(ended)));
    }

    /** Returns when the epoch has ended. On any thread. */
    void await(long ticket) throws IOException {
        writer.await(ticket);
    }

    /** As {@link ChangeFiles#between}. On any thread. */
    List<Path> between(long after, long to) throws IOException {
        return files.between(after, to);
    }

    /** As {@link ChangeFiles#bytesBehind}. On any thread. */
    long bytesBehind(long from) {
        return files.bytesBehind(from);
    }

    /** Nobody builds on these epochs any more. On any thread. */
    void deleteThrough(long last) {
        writer.submit(() -> files.deleteThrough(last).forEach(ahead::forget));
    }

    /** Nothing runs afterwards. */
    void close() throws IOException {
        writer.close();
        files.close();
    }
}

package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Records what changes between captures in files, beside the way to RocksDB and not behind it, so that a capture does not wait for
 * RocksDB. Nothing is recorded before {@link #begin}, nor after more has changed than is worth making again. Used on the replica's
 * thread where nothing else is said.
 */
final class ChangeRecorder {
    /** So often changes may reach the size at which the database is linked, before what is recorded is given up. */
    private static final long MOST_LINKS = 8;

    private final SerialWriter writer;
    private final ChangeFiles files;
    private final Flush flush;
    private final long mostBytes;
    private boolean recording;
    private long base;

    /** Pages below were frozen before the recording began. */
    private long from;

    /** Of pages below {@link #from}, those below this were given to an earlier recording, and may be waiting still. */
    private long owed;

    /** Where the pages end that were given to the writer last. */
    private long given;

    ChangeRecorder(SerialWriter writer, ChangeFiles files, RocksDbConfig config) {
        this.writer = writer;
        this.files = files;
        this.flush = new Flush(files, Flush.Sorting.NONE, writer::progress, config);
        this.mostBytes = MOST_LINKS * config.changeBytes();
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

    /** @param epoch what it is worth recording from */
    void builtOn(long epoch) {
        base = epoch;
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

    /** As {@link ChangeFiles#newest}. On any thread. */
    long newest() {
        return files.newest();
    }

    void check() throws IOException {
        writer.check();
    }

    /**
     * Ends an epoch behind everything recorded so far.
     *
     * @return a ticket for {@link #await}
     */
    long end(long epoch) {
        return writer.submit(() -> files.end(epoch));
    }

    /** Returns when the epoch has ended. On any thread. */
    void await(long ticket) throws IOException {
        writer.await(ticket);
    }

    /** As {@link ChangeFiles#between}. On any thread. */
    List<Path> between(long after, long to) {
        return files.between(after, to);
    }

    /** As {@link ChangeFiles#bytesBehind}. On any thread. */
    long bytesBehind(long epoch) {
        return files.bytesBehind(epoch);
    }

    /** Nobody builds on these epochs any more. On any thread. */
    void deleteThrough(long epoch) {
        writer.submit(() -> files.deleteThrough(epoch));
    }

    /** Nothing runs afterwards. */
    void close() throws IOException {
        writer.close();
        files.close();
    }
}

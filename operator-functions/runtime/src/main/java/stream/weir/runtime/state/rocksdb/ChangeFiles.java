package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;

/**
 * What has changed since the oldest link of the database that is still built on, a file for each epoch: the time between two captures, or
 * a part of it. Written by one piece of work at a time; everything else is safe for use by any number of threads.
 */
final class ChangeFiles implements ChangeTarget {
    private final Path folder;
    private final TreeMap<Long, Long> sizes = new TreeMap<>();
    private @Nullable ChangeFile open;
    private long epoch;
    private long deletedThrough;

    /** @param there those that are in {@code folder} already: the first epoch is behind them */
    ChangeFiles(Path folder, List<RocksDbFile> there) {
        this.folder = folder;
        there.forEach(
                file -> sizes.put(ChangeFile.epoch(file.path()), file.object().bytes()));
        this.epoch = newest() + 1;
    }

    /** The newest epoch with a change, 0 where there is none. */
    final synchronized long newest() {
        return sizes.isEmpty() ? 0 : sizes.lastKey();
    }

    @Override
    public void write(byte[] batch) throws IOException {
        ChangeFile file = opened();
        file.write(batch);
        grown(file);
    }

    @Override
    public void removePane(int family, byte[] prefix) throws IOException {
        ChangeFile file = opened();
        file.removePane(family, prefix);
        grown(file);
    }

    private ChangeFile opened() throws IOException {
        ChangeFile file = open;
        if (file == null) {
            file = ChangeFile.create(ChangeFile.in(folder, epoch));
            open = file;
        }
        return file;
    }

    private synchronized void grown(ChangeFile file) {
        sizes.put(epoch, file.bytes());
    }

    /** Ends an epoch. What comes next belongs to the one after it. */
    void end(long ended) throws IOException {
        ChangeFile file = open;
        if (file != null) {
            file.close();
            open = null;
        }
        epoch = ended + 1;
    }

    /**
     * Those of the epochs behind {@code from} up to {@code to}, which has ended, in order; an epoch without a change has none.
     *
     * @throws IOException when some of them may have been deleted
     */
    synchronized List<Path> between(long from, long to) throws IOException {
        if (from < deletedThrough) {
            throw new IOException("Cannot take the changes of epochs " + (from + 1) + " to " + to + " from " + folder
                    + ": those up to " + deletedThrough + " were deleted, as nothing was to be built on them;"
                    + " a later checkpoint is built on newer ones");
        }
        return files(sizes.subMap(from, false, to, true));
    }

    /** Of all epochs behind {@code from}. */
    synchronized long bytesBehind(long from) {
        return sizes.tailMap(from, false).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<Path> files(Map<Long, Long> epochs) {
        return epochs.keySet().stream().map(each -> ChangeFile.in(folder, each)).toList();
    }

    /**
     * Deletes what nobody builds on, of epochs that have ended.
     *
     * @return what was deleted
     */
    List<Path> deleteThrough(long last) throws IOException {
        List<Path> files;
        synchronized (this) {
            files = files(sizes.headMap(last, true));
            deletedThrough = Math.max(deletedThrough, last);
            sizes.headMap(last, true).clear();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        return files;
    }

    /** To be called when nobody writes any more. */
    void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}

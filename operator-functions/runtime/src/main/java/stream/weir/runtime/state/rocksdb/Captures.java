package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.StateCapture.Stored;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.rocksdb.RocksDbCapture.EpochEnd;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;
import stream.weir.runtime.state.rocksdb.SharedFiles.Content;

/**
 * The captures of a backend, from the end of an epoch to the upload. A capture is a link of the database and the files of what has changed
 * since. The database is linked anew when enough has changed, behind a capture and not as part of one: the next one is built on it. So
 * a capture takes as long as what has changed since the one before takes to be stored, however large the state is. Begun, completed and
 * aborted on the replica's thread; safe for use by any number of threads.
 */
final class Captures {
    private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

    private final WriteBack state;
    private final SerialWriter writer;
    private final Setting setting;
    private final SharedFiles shared;
    private final AheadUploads ahead;
    private final Set<RocksDbCapture> open = new HashSet<>();
    private final Set<DatabaseLink> links = new HashSet<>();

    /** Captures since the database was linked last, about; where it was restored, as far as their files tell. */
    private int since;

    /** The newest, until a completed checkpoint is built on it. */
    private @Nullable DatabaseLink newest;

    /** What is known of changes since earlier epochs is not all of them. */
    private long validFrom;

    /** Tables when the database was linked last; files of changes have their numbers. */
    private int tables;

    /** What does not change. */
    record Setting(
            KeyGroupRange keyGroups, Folders folders, RocksDbConfig config, Transfers transfers, RocksDbErrors errors) {

        boolean isIncremental() {
            return config.uploads() == Uploads.INCREMENTAL;
        }
    }

    /**
     * On its way to the store.
     *
     * @param begun when its capture began
     * @param bytes that were stored for it
     */
    private record Upload(StateFiles files, Moment begun, AtomicLong bytes) {}

    Captures(WriteBack state, SerialWriter writer, Setting setting, SharedFiles shared, AheadUploads ahead) {
        this.state = state;
        this.writer = writer;
        this.setting = setting;
        this.shared = shared;
        this.ahead = ahead;
    }

    /**
     * Goes on from the checkpoint that the state is from, where that is all of it: the next one is that and what changes from now on, and
     * waits for no link. Before the first capture.
     */
    synchronized void goOn() {
        Content restored = shared.base();
        if (restored.epoch() != Content.NO_EPOCH) {
            since = (int) restored.changes().stream()
                    .filter(file -> state.recorder().isOfACapture(file.object().bytes()))
                    .count();
            validFrom = restored.epoch();
            tables = database().tables().size();
            state.freezeAll();
            state.recorder().builtOn(restored.epoch());
            state.recorder().begin(state.log().frozenBefore());
        }
    }

    /** Begins a capture of what has been frozen so far. */
    synchronized RocksDbCapture begin(long checkpoint) {
        ChangeRecorder.Ended ended = state.recorder().end();
        EpochEnd end = new EpochEnd(ended.epoch(), ended.ticket(), ahead.captured());
        since++;
        if (!isValid()) {
            validFrom = end.epoch();
            link(end.epoch());
            if (setting.isIncremental()) {
                state.recorder().begin(state.log().frozenBefore());
            }
        }
        RocksDbCapture capture = new RocksDbCapture(this, checkpoint, end, foundation());
        shared.begin(checkpoint);
        open.add(capture);
        if (newestEpoch() < end.epoch() && isWorthALink()) {
            storeAhead(link(end.epoch()));
        }
        return capture;
    }

    /** Whether all changes since the newest link are recorded. */
    private boolean isValid() {
        return state.recorder().isRecording() && tables == database().tables().size();
    }

    private DatabaseLink link(long epoch) {
        Path folder = setting.folders().link(epoch);
        tables = database().tables().size();
        since = 0;
        state.flushFrozen();
        long ticket = writer.submit(() -> database().checkpoint(folder));
        DatabaseLink link = new DatabaseLink(folder, epoch, ticket);
        newest = link;
        links.add(link);
        state.recorder().builtOn(epoch);
        return link;
    }

    private void storeAhead(DatabaseLink link) {
        if (setting.isIncremental()) {
            ahead.begin(link.folder(), () -> {
                writer.await(link.ticket());
                List<Path> missing = new ArrayList<>();
                for (Path file : neededOf(link.folder())) {
                    if (isTable(file.getFileName().toString())
                            && shared.find(file).isEmpty()) {
                        missing.add(file);
                    }
                }
                return missing;
            });
        }
    }

    private long newestEpoch() {
        DatabaseLink link = newest;
        return link == null ? shared.base().epoch() : link.epoch();
    }

    private boolean isWorthALink() {
        return state.recorder().bytesBehind(newestEpoch()) >= setting.config().changeBytes()
                || since >= setting.config().changeFiles();
    }

    /** The link to build on, if that is to be stored or waited for; else what the last completed checkpoint has is built on. */
    private Optional<DatabaseLink> foundation() {
        return Optional.ofNullable(newest)
                .filter(link -> shared.base().epoch() < validFrom || writer.isDone(link.ticket()));
    }

    Stored store(RocksDbCapture capture, StateFiles files) throws IOException {
        state.recorder().await(capture.end().ended());
        Upload upload = new Upload(files, capture.end().at(), new AtomicLong());
        List<RocksDbFile> linked;
        long from;
        if (capture.link().isPresent()) {
            DatabaseLink link = capture.link().get();
            writer.await(link.ticket());
            linked = store(neededOf(link.folder()), file -> link.folder(), upload);
            from = link.epoch();
        } else {
            Content base = base(capture);
            linked = base.linked();
            from = base.epoch();
        }
        List<RocksDbFile> changes =
                store(state.recorder().between(from, capture.end().epoch()), file -> file, upload);
        Content content = new Content(from, linked, changes);
        shared.stored(capture.checkpoint(), content);
        long bytes = content.files().stream().mapToLong(f -> f.object().bytes()).sum();
        StateHandle handle = new StateHandle.RocksDb(setting.keyGroups(), content.files());
        return new Stored(
                List.of(handle), bytes, upload.bytes().get(), database().tableSizes());
    }

    /** The newest, as objects of older ones may have been deleted since the capture began. */
    private synchronized Content base(RocksDbCapture capture) {
        Content base = shared.base();
        capture.buildOn(base.epoch());
        return base;
    }

    /** @param origin what each of them may have been stored ahead with */
    private List<RocksDbFile> store(List<Path> local, UnaryOperator<Path> origin, Upload upload) throws IOException {
        List<Callable<RocksDbFile>> uploads = new ArrayList<>();
        for (Path file : local) {
            uploads.add(() -> store(file, origin.apply(file), upload));
        }
        return setting.transfers().run(uploads);
    }

    private RocksDbFile store(Path file, Path origin, Upload upload) throws IOException {
        String name = file.getFileName().toString();
        boolean mayBeStored = setting.isIncremental() && StateFiles.isFinal(name);
        Optional<StoredObject> there = mayBeStored ? shared.find(file) : Optional.empty();
        if (there.isPresent()) {
            return new RocksDbFile(name, there.get());
        }
        Optional<StoredObject> before = mayBeStored ? ahead.find(origin, file, upload.begun()) : Optional.empty();
        if (before.isPresent()) {
            upload.files().keep(before.get(), file);
        }
        StoredObject object = before.isPresent() ? before.get() : upload.files().store(file);
        upload.bytes().addAndGet(object.bytes());
        return new RocksDbFile(name, object);
    }

    /** Options are ours and not read from files; there is no log. */
    private static List<Path> neededOf(Path folder) throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> {
                    String name = file.getFileName().toString();
                    return isTable(name) || name.equals("CURRENT") || name.startsWith("MANIFEST-");
                })
                .toList();
    }

    static boolean isTable(String name) {
        return name.endsWith(".sst");
    }

    void completed(long checkpoint) {
        shared.completed(checkpoint);
        synchronized (this) {
            DatabaseLink link = newest;
            if (link != null && shared.base().epoch() >= link.epoch()) {
                newest = null;
            }
            deleteUnused();
        }
    }

    void aborted(long checkpoint) {
        shared.aborted(checkpoint);
    }

    IllegalStateException ended(long checkpoint) {
        return new IllegalStateException("The capture of " + setting.errors().scope() + " for checkpoint " + checkpoint
                + " has been stored or discarded before, or the state was closed");
    }

    void release(RocksDbCapture capture) {
        synchronized (this) {
            if (!open.remove(capture)) {
                return;
            }
            notifyAll();
            deleteUnused();
        }
    }

    /** Links and changes that neither an open capture nor a later one is built on. Links go when the writer cannot be at them any more. */
    private void deleteUnused() {
        try {
            Set<DatabaseLink> used = new HashSet<>();
            Optional.ofNullable(newest).ifPresent(used::add);
            open.forEach(capture -> capture.link().ifPresent(used::add));
            for (DatabaseLink link : List.copyOf(links)) {
                if (!used.contains(link)) {
                    links.remove(link);
                    ahead.forget(link.folder());
                    writer.submit(() -> FileTrees.delete(link.folder()));
                }
            }
            long base = shared.base().epoch() >= validFrom ? shared.base().epoch() : newestEpoch();
            long built = open.stream().mapToLong(this::builtOn).min().orElse(base);
            state.recorder().deleteThrough(Math.min(Math.min(base, built), shared.oldestPending()));
        } catch (IllegalStateException closed) {
            LOG.debug(
                    "what is left goes with the folder of {}", setting.errors().scope(), closed);
        }
    }

    /** Where that is not known yet, the capture will be built on what the last completed checkpoint has by then. */
    private long builtOn(RocksDbCapture capture) {
        return capture.builtOn() == Content.NO_EPOCH ? shared.base().epoch() : capture.builtOn();
    }

    private Database database() {
        return state.database();
    }

    /** Ends those that are not being stored and waits for those that are. */
    synchronized void close() {
        ahead.close();
        open.removeIf(RocksDbCapture::endUnlessStoring);
        boolean interrupted = false;
        while (!open.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

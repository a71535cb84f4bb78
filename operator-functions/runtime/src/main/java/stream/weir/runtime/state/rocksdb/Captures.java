package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.state.StateCapture.Stored;
import stream.weir.runtime.state.StateFiles;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

/** The captures of a backend, from the link of the files to their upload. Safe for use by any number of threads. */
final class Captures {
    private static final Logger LOG = LoggerFactory.getLogger(Captures.class);

    private final Database database;
    private final SerialWriter writer;
    private final Setting setting;
    private final SharedFiles shared;
    private final Set<RocksDbCapture> open = new HashSet<>();
    private long sequence;

    /** What does not change. */
    record Setting(
            KeyGroupRange keyGroups, Folders folders, Uploads uploads, Transfers transfers, RocksDbErrors errors) {}

    Captures(Database database, SerialWriter writer, Setting setting, SharedFiles shared) {
        this.database = database;
        this.writer = writer;
        this.setting = setting;
        this.shared = shared;
    }

    /** Begins a capture of what the writer was given so far. */
    synchronized RocksDbCapture begin(long checkpoint) {
        Path folder = setting.folders().capture(checkpoint, sequence++);
        RocksDbCapture capture = new RocksDbCapture(this, checkpoint, folder);
        shared.begin(checkpoint);
        open.add(capture);
        return capture.submitted(writer.submit(() -> link(capture)));
    }

    private void link(RocksDbCapture capture) throws IOException {
        if (capture.wanted()) {
            database.checkpoint(capture.folder());
            capture.measured(database.tableSizes());
        }
    }

    Stored store(RocksDbCapture capture, StateFiles files) throws IOException {
        writer.await(capture.ticket());
        AtomicLong uploaded = new AtomicLong();
        List<Callable<RocksDbFile>> uploads = new ArrayList<>();
        for (Path file : Folders.files(capture.folder())) {
            if (isNeeded(file)) {
                uploads.add(() -> store(file, files, uploaded));
            }
        }
        List<RocksDbFile> stored = setting.transfers().run(uploads);
        Map<String, StoredObject> tables = new HashMap<>();
        for (RocksDbFile file : stored) {
            if (isTable(file.path())) {
                tables.put(file.path(), file.object());
            }
        }
        shared.stored(capture.checkpoint(), tables);
        long bytes = stored.stream().mapToLong(f -> f.object().bytes()).sum();
        StateHandle handle = new StateHandle.RocksDb(setting.keyGroups(), stored);
        return new Stored(List.of(handle), bytes, uploaded.get(), capture.sizes());
    }

    private RocksDbFile store(Path file, StateFiles files, AtomicLong uploaded) throws IOException {
        String name = file.getFileName().toString();
        Optional<StoredObject> there = setting.uploads() == Uploads.INCREMENTAL && isTable(name)
                ? shared.find(name, Files.size(file))
                : Optional.empty();
        if (there.isPresent()) {
            return new RocksDbFile(name, there.get());
        }
        StoredObject object = files.store(file);
        uploaded.addAndGet(object.bytes());
        return new RocksDbFile(name, object);
    }

    /** Options are ours and not read from files; there is no log. */
    private static boolean isNeeded(Path file) {
        String name = file.getFileName().toString();
        return isTable(name) || name.equals("CURRENT") || name.startsWith("MANIFEST-");
    }

    static boolean isTable(String name) {
        return name.endsWith(".sst");
    }

    IllegalStateException ended(long checkpoint) {
        return new IllegalStateException("The capture of " + setting.errors().scope() + " for checkpoint " + checkpoint
                + " has been stored or discarded before, or the state was closed");
    }

    /** Its folder goes when the writer cannot be at it any more. */
    void release(RocksDbCapture capture) {
        synchronized (this) {
            if (!open.remove(capture)) {
                return;
            }
            notifyAll();
        }
        try {
            writer.submit(() -> Folders.delete(capture.folder()));
        } catch (IllegalStateException closed) {
            LOG.debug(
                    "{} goes with the folder of {}",
                    capture.folder(),
                    setting.errors().scope(),
                    closed);
        }
    }

    /** Ends those that are not being stored and waits for those that are. */
    synchronized void close() {
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

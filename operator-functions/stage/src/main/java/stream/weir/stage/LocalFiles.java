package stream.weir.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.checkpoint.StateHandle.RocksDb;
import stream.weir.protocol.checkpoint.StateHandle.RocksDbFile;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.protocol.control.Fence;
import stream.weir.protocol.control.ToCoordinator;
import stream.weir.protocol.frame.Link;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.channel.FrameSink;
import stream.weir.runtime.snapshot.FetchAhead;
import stream.weir.runtime.stage.ProcessResources;
import stream.weir.runtime.stage.ReplicaEnvironment;
import stream.weir.runtime.state.FileTrees;
import stream.weir.runtime.state.FullDisk;
import stream.weir.runtime.state.StateFiles;

/** What a process has on its own disk: a folder for each run, and state files that outlive runs. Belongs to the process's thread. */
final class LocalFiles {
    private static final Logger LOG = LoggerFactory.getLogger(LocalFiles.class);
    private static final String COPIES = "files";
    private static final String AHEAD = "ahead";
    private static final String COPIED = "copied";
    private static final String RUN = "run-";

    /** In the folder of a run, as a replica has folders beside its own. */
    private static final String REPLICA = "replica";

    private final ProcessResources resources;
    private final Path folder;
    private @Nullable FetchAhead opened;

    /** Copies that an earlier process has left, which are not to be taken for copies of this one, are still there. */
    private boolean copiesLeftOver;

    /** How often something else was to be prepared, or a replica began: what was being prepared before is not wanted any more. */
    private final AtomicLong turn = new AtomicLong();

    /** @param folder the process's own */
    LocalFiles(ProcessResources resources, Path folder) {
        this.resources = resources;
        this.folder = folder;
    }

    /**
     * For the replica that begins now; what has been fetched ahead is used, and nothing more is fetched.
     *
     * @throws IOException when the process's folder cannot be used
     */
    ReplicaEnvironment environment(Fence run, Function<Link, FrameSink> sinks, Consumer<ToCoordinator> coordinator)
            throws IOException {
        try {
            FetchAhead local = open();
            stop();
            FileTrees.delete(folderOf(run));
            return resources.environment(folderOf(run).resolve(REPLICA), local, sinks, coordinator);
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "Cannot use the folder for local files " + folder + ": " + e + FullDisk.sentenceFor(e, folder), e);
        }
    }

    /** Nothing is fetched or copied any more. */
    void stop() {
        turn.incrementAndGet();
        FetchAhead local = opened;
        if (local != null) {
            local.stop();
        }
    }

    /** The replica has opened: what was fetched ahead for it is with its own files now, or was not needed. */
    void opened() {
        FetchAhead local = opened;
        if (local != null) {
            local.forget();
        }
    }

    /**
     * Fetches the files of state that never change, and copies what {@code keyGroups} need of other replicas' databases, in the
     * background.
     *
     * @param done when that is over, however it went; on any thread. Not if something else is to be prepared, or a replica begins, before
     */
    void prepare(KeyGroupRange keyGroups, List<StateHandle> keyed, Runnable done) {
        if (!resources.checkpointsShareFiles()) {
            done.run();
            return;
        }
        List<StoredObject> wanted = keyed.stream()
                .filter(RocksDb.class::isInstance)
                .flatMap(handle -> ((RocksDb) handle).files().stream())
                .filter(file -> StateFiles.isFinal(file.path()))
                .map(RocksDbFile::object)
                .toList();
        try {
            FetchAhead local = open();
            long mine = turn.incrementAndGet();
            local.fetch(wanted, () -> {
                copy(local, keyGroups, keyed, () -> turn.get() == mine);
                if (turn.get() == mine) {
                    done.run();
                }
            });
        } catch (IOException | RuntimeException e) {
            LOG.warn("nothing is fetched ahead: cannot use the folder for local files {}", folder, e);
            done.run();
        }
    }

    private void copy(FetchAhead local, KeyGroupRange keyGroups, List<StateHandle> keyed, BooleanSupplier goOn) {
        try {
            deleteCopiesLeftOver();
            resources.prepare(keyGroups, folder.resolve(COPIED), local.fetched(), keyed, goOn);
        } catch (IOException | RuntimeException e) {
            LOG.warn("nothing is copied ahead of a run with other replicas{}", FullDisk.sentenceFor(e, folder), e);
        }
    }

    /** The folder of a run goes; what cannot be deleted does so when the process is started again. */
    void delete(Fence run) {
        deleteIfPossible(folderOf(run));
    }

    private FetchAhead open() throws IOException {
        FetchAhead local = opened;
        if (local == null) {
            deleteLeftOver();
            local = resources.localFiles(folder.resolve(COPIES), folder.resolve(AHEAD));
            opened = local;
        }
        return local;
    }

    /**
     * What a process that was killed has left: nobody goes on with its databases, and nobody knows whether its copies are whole. What
     * cannot be deleted is left alone, as it only takes room.
     */
    private synchronized void deleteLeftOver() throws IOException {
        try (Stream<Path> entries = Files.list(Files.createDirectories(folder))) {
            entries.filter(each -> each.getFileName().toString().startsWith(RUN))
                    .toList()
                    .forEach(LocalFiles::deleteIfPossible);
        }
        copiesLeftOver = !deleteIfPossible(folder.resolve(COPIED));
    }

    /** Before a copy is made, as each process gives the same names to its copies. On a background thread. */
    private synchronized void deleteCopiesLeftOver() throws IOException {
        if (copiesLeftOver) {
            FileTrees.delete(folder.resolve(COPIED));
            copiesLeftOver = false;
        }
    }

    private static boolean deleteIfPossible(Path left) {
        try {
            FileTrees.delete(left);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "{} could not be deleted, and takes room until a start of the process can: {}. If that goes on,"
                            + " delete it by hand",
                    left,
                    e.toString(),
                    e);
            return false;
        }
    }

    private Path folderOf(Fence run) {
        return folder.resolve(RUN + run.run());
    }
}

package stream.weir.runtime.state.rocksdb;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.StateBackendFactory;

/**
 * Makes backends that keep their state in RocksDB on the local disk; the folder of a backend is its own and goes when it is closed. Safe
 * for use by any number of threads.
 */
public final class RocksDbStateBackendFactory implements StateBackendFactory {
    private final RocksDbConfig config;
    private final RocksDbMemory memory;
    private final Executor background;
    private final Moment.Clocks clocks;
    private final CopiesAhead ahead = new CopiesAhead();

    /**
     * @param memory shared by all backends of the process; closed by its owner after them
     * @param background runs writers and uploads; platform threads, as native calls hold their thread. With no thread to spare the callers do
     *     the work themselves
     * @param nanos monotonic clock
     * @param clock wall clock
     */
    public RocksDbStateBackendFactory(
            RocksDbConfig config, RocksDbMemory memory, Executor background, LongSupplier nanos, InstantSource clock) {
        this.config = config;
        this.memory = memory;
        this.background = background;
        this.clocks = new Moment.Clocks(nanos, clock);
    }

    @Override
    public KeyedStateBackend open(Scope scope, List<StateHandle> handles) throws IOException {
        if (scope.keyGroups().last() > KeyCode.MAX_GROUP) {
            throw new IllegalArgumentException("key group " + scope.keyGroups().last() + " of " + scope.name()
                    + " is too large: RocksDB keys hold groups up to " + KeyCode.MAX_GROUP);
        }
        RocksDbErrors errors = new RocksDbErrors(scope.name(), scope.folder());
        Folders folders = new Folders(scope.folder());
        Transfers transfers = transfers();
        folders.renew();
        Restore.Opened opened;
        Set<CopiesAhead.Source> copied = ahead.sources();
        try {
            opened = new Restore(scope, folders, memory, config, transfers, errors, ahead).open(handles);
        } finally {
            ahead.drop(copied);
        }
        SerialWriter writer = new SerialWriter(background, errors);
        ChangeFiles changes = new ChangeFiles(folders.changes(), opened.stored().changes());
        AheadUploads ahead = new AheadUploads(scope.files(), transfers, clocks);
        ChangeRecorder recorder = new ChangeRecorder(new SerialWriter(background, errors), changes, ahead, config);
        WriteBack shared = new WriteBack(opened.database(), writer, recorder, config, errors);
        Captures.Setting setting = new Captures.Setting(scope.keyGroups(), folders, config, transfers, errors);
        Captures captures = new Captures(shared, writer, setting, new SharedFiles(opened.stored()), ahead);
        RocksDbBackend backend =
                new RocksDbBackend(shared, writer, setting, captures, BlockReads.fromNow(opened.database()));
        try {
            backend.replay(opened.changes());
        } catch (IOException | RuntimeException | Error e) {
            backend.close();
            throw e;
        }
        return backend;
    }

    @Override
    public void prepare(Scope scope, List<StateHandle> handles, BooleanSupplier goOn) throws IOException {
        RocksDbErrors errors = new RocksDbErrors(scope.name(), scope.folder());
        Folders folders = new Folders(scope.folder());
        new Restore(scope, folders, memory, config, transfers(), errors, ahead).copyAhead(handles, goOn);
    }

    private Transfers transfers() {
        return new Transfers(background, config.parallelUploads());
    }
}

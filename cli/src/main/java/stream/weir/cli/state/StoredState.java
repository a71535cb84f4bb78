package stream.weir.cli.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import stream.weir.cli.answer.Value;
import stream.weir.protocol.checkpoint.Manifest;
import stream.weir.protocol.checkpoint.ReplicaSnapshot;
import stream.weir.protocol.checkpoint.StageSchema;
import stream.weir.protocol.checkpoint.StageSchema.StateSchema;
import stream.weir.protocol.checkpoint.StateHandle;
import stream.weir.protocol.keygroup.KeyGroupRange;
import stream.weir.runtime.snapshot.StoreFiles;
import stream.weir.runtime.state.KeyedStateBackend;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.StateBackendFactory;
import stream.weir.runtime.state.filesystem.FilesystemBackendFactory;
import stream.weir.runtime.state.memory.MemoryBackendFactory;
import stream.weir.runtime.state.rocksdb.RocksDbConfig;
import stream.weir.runtime.state.rocksdb.RocksDbMemory;
import stream.weir.runtime.state.rocksdb.RocksDbStateBackendFactory;
import stream.weir.store.ObjectStore;

/** One state of a stage in a checkpoint. Its files are fetched replica by replica into a folder, which is emptied again. */
public final class StoredState {
    private static final long CACHE_BYTES = 8L << 20;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final LongSupplier NO_TIME = () -> 0;

    private final Manifest manifest;
    private final StageSchema stage;
    private final StateSchema state;
    private final EntryForm form;

    private StoredState(Manifest manifest, StageSchema stage, StateSchema state, EntryForm form) {
        this.manifest = manifest;
        this.stage = stage;
        this.state = state;
        this.form = form;
    }

    /** Is given the entries, one after the other. */
    @FunctionalInterface
    public interface Receiver {
        /** @return whether to go on */
        boolean receive(Value entry);
    }

    /**
     * @param stageName of the pipeline
     * @param stateName as {@code step/state}
     * @throws IOException when there is no such state: says which there are
     */
    public static StoredState of(Manifest manifest, String stageName, String stateName) throws IOException {
        StageSchema stage = manifest.stages().stream()
                .filter(each -> each.stage().equals(stageName))
                .findFirst()
                .orElseThrow(() -> new IOException("checkpoint " + manifest.checkpoint() + " has no stage " + stageName
                        + "; there are "
                        + manifest.stages().stream().map(StageSchema::stage).toList()));
        StateSchema state = stage.states().stream()
                .filter(each -> each.state().equals(stateName) && EntryForm.isReadable(each))
                .findFirst()
                .orElseThrow(() -> new IOException("stage " + stageName + " has no state " + stateName + "; there are "
                        + stage.states().stream()
                                .filter(EntryForm::isReadable)
                                .map(StateSchema::state)
                                .toList()));
        return new StoredState(manifest, stage, state, EntryForm.of(stage, state));
    }

    /**
     * Reads all entries, in the order of replicas and key groups.
     *
     * @param objects the store that the manifest's files are in
     * @param folder an own one
     */
    public void read(ObjectStore objects, Path folder, Receiver receiver) throws IOException {
        try (ExecutorService background = Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("state-", 1).factory());
                RocksDbMemory memory = RocksDbMemory.of(MEMORY_BYTES)) {
            for (ReplicaSnapshot replica : manifest.replicas()) {
                if (replica.stage().equals(stage.stage()) && !replica.keyed().isEmpty()) {
                    try (KeyedStateBackend backend = open(replica, objects, folder, memory, background)) {
                        if (!read(backend, replica.replica(), receiver)) {
                            return;
                        }
                    }
                }
            }
        }
    }

    private KeyedStateBackend open(
            ReplicaSnapshot replica, ObjectStore objects, Path folder, RocksDbMemory memory, ExecutorService background)
            throws IOException {
        StateBackendFactory factory =
                switch (replica.keyed().getFirst()) {
                    case StateHandle.Inline _ -> new MemoryBackendFactory(MemoryBackendFactory.DEFAULT_LIMIT_BYTES);
                    case StateHandle.TableFile _ -> new FilesystemBackendFactory();
                    case StateHandle.RocksDb _ ->
                        new RocksDbStateBackendFactory(
                                RocksDbConfig.DEFAULT.withCacheBytes(CACHE_BYTES),
                                memory,
                                background,
                                NO_TIME,
                                InstantSource.fixed(Instant.EPOCH));
                };
        String name = manifest.pipeline() + "/" + replica.stage() + "-" + replica.replica();
        List<StateHandle> handles = replica.keyed();
        return factory.open(
                new StateBackendFactory.Scope(
                        name,
                        replica.keyGroups(),
                        folder.resolve(replica.stage() + "-" + replica.replica()),
                        new StoreFiles(objects, UUID::randomUUID)),
                handles);
    }

    private boolean read(KeyedStateBackend backend, int replica, Receiver receiver) {
        KeyGroupRange range = backend.keyGroups();
        for (int group = range.first(); group <= range.last(); group++) {
            Course course = new Course(group, replica, receiver);
            if (form.isOrdered()) {
                backend.orderedTable(state.state())
                        .scan(group, new Slice(), new Slice(), (key, value) -> course.entry(0, key, value));
            } else {
                panes(backend, group, course);
            }
            if (course.ended) {
                return false;
            }
        }
        return true;
    }

    private void panes(KeyedStateBackend backend, int group, Course course) {
        var table = backend.valueTable(state.state());
        OptionalLong next = table.firstPane(group, Long.MIN_VALUE);
        while (next.isPresent() && !course.ended) {
            long pane = next.getAsLong();
            table.forEach(group, pane, (key, value) -> course.entry(pane, key, value));
            next = pane == Long.MAX_VALUE ? OptionalLong.empty() : table.firstPane(group, pane + 1);
        }
    }

    /** The way through one key group. */
    private final class Course {
        private final int group;
        private final int replica;
        private final Receiver receiver;
        private boolean ended;

        private Course(int group, int replica, Receiver receiver) {
            this.group = group;
            this.replica = replica;
            this.receiver = receiver;
        }

        private boolean entry(long pane, Slice key, Slice value) {
            ended = form.entry(pane, key, value, group, replica)
                    .map(entry -> !receiver.receive(entry))
                    .orElse(false);
            return !ended;
        }
    }
}

package stream.weir.benchmarks.processes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import stream.weir.benchmarks.WorkloadOptions;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.directory.DirectoryStore;

/** A folder that is as far away as a store of objects: this process gets to it by a {@link Pace}. */
final class DistantStore implements ObjectStore {
    private static final int MIB = 20;

    private final ObjectStore store;
    private final Pace pace;

    DistantStore(ObjectStore store, Pace pace) {
        this.store = store;
        this.pace = pace;
    }

    /** Of a run in that folder, as near as {@code --store-latency-ms} and {@code --store-mb-per-s} say. */
    static ObjectStore open(WorkloadOptions options, Path folder) throws StoreException {
        ObjectStore near = DirectoryStore.open(folder.resolve("checkpoints"));
        long latency = options.number("--store-latency-ms", 0);
        long mebibytes = options.number("--store-mb-per-s", Pace.UNLIMITED);
        return latency == 0 && mebibytes == Pace.UNLIMITED
                ? near
                : new DistantStore(near, new Pace(Duration.ofMillis(latency), mebibytes << MIB, System::nanoTime));
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        send(content.length);
        return store.create(name, content);
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
        pace.request();
        Optional<Versioned> found = store.readVersioned(name, maxBytes);
        found.ifPresent(object -> pace.bytes(object.content().length));
        return found;
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
        send(content.length);
        return store.replace(name, version, content);
    }

    @Override
    public void upload(String name, Path file) throws StoreException {
        try {
            send(Files.size(file));
        } catch (IOException e) {
            throw new StoreException("Cannot read " + file, Outcome.NOT_APPLIED, e);
        }
        store.upload(name, file);
    }

    @Override
    public void upload(String name, byte[] content) throws StoreException {
        send(content.length);
        store.upload(name, content);
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        pace.request();
        store.copy(from, to);
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) throws StoreException {
        pace.request();
        Optional<byte[]> found = store.read(name, maxBytes);
        found.ifPresent(content -> pace.bytes(content.length));
        return found;
    }

    @Override
    public InputStream open(String name) throws StoreException {
        pace.request();
        return new FilterInputStream(store.open(name)) {
            @Override
            public int read() throws IOException {
                int one = super.read();
                pace.bytes(one < 0 ? 0 : 1);
                return one;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                int count = super.read(into, offset, length);
                pace.bytes(Math.max(0, count));
                return count;
            }
        };
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws StoreException {
        pace.request();
        return store.list(prefix);
    }

    @Override
    public void delete(List<String> names) throws StoreException {
        pace.request();
        store.delete(names);
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public void close() {
        store.close();
    }

    private void send(long bytes) {
        pace.request();
        pace.bytes(bytes);
    }
}

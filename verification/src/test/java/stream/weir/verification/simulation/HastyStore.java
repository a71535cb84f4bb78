package stream.weir.verification.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;

/** Part of a planted bug: says that an upload is durable before it is. */
final class HastyStore implements ObjectStore {
    private final World world;
    private final ObjectStore store;

    HastyStore(World world, ObjectStore store) {
        this.world = world;
        this.store = store;
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        return store.create(name, content);
    }

    @Override
    public void upload(String name, Path file) throws StoreException {
        try {
            upload(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new StoreException("Cannot read " + file, Outcome.NOT_APPLIED, e);
        }
    }

    @Override
    public void upload(String name, byte[] content) {
        world.time().after(world.chance().micros(100, 5_000), "upload is durable", name, () -> {
            try {
                store.upload(name, content);
            } catch (StoreException e) {
                world.trace().note("upload failed", name);
            }
        });
    }

    @Override
    public void copy(String from, String to) throws StoreException {
        store.copy(from, to);
    }

    @Override
    public Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException {
        return store.readVersioned(name, maxBytes);
    }

    @Override
    public Optional<String> replace(String name, String version, byte[] content) throws StoreException {
        return store.replace(name, version, content);
    }

    @Override
    public Optional<byte[]> read(String name, int maxBytes) throws StoreException {
        return store.read(name, maxBytes);
    }

    @Override
    public InputStream open(String name) throws StoreException {
        return store.open(name);
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws StoreException {
        return store.list(prefix);
    }

    @Override
    public void delete(List<String> names) throws StoreException {
        store.delete(names);
    }

    @Override
    public String location() {
        return store.location();
    }
}

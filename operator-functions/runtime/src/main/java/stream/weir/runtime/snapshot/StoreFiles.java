package stream.weir.runtime.snapshot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.FullDisk;
import stream.weir.runtime.state.StateFiles;
import stream.weir.store.ObjectStore;

/**
 * Files of snapshots in an object store, named {@code files/<uuid>} below the pipeline's folder. Names are never used twice, so a
 * request whose outcome is unknown leaves an object behind that no manifest names, and nothing worse.
 */
public final class StoreFiles implements StateFiles {
    private static final String FOLDER = "files/";
    private static final int CHUNK = 64 * 1024;

    private final ObjectStore store;
    private final Supplier<UUID> names;

    /**
     * @param store of the pipeline
     * @param names unique in the store for ever; safe for use by any number of threads
     */
    public StoreFiles(ObjectStore store, Supplier<UUID> names) {
        this.store = store;
        this.names = names;
    }

    @Override
    public StoredObject store(Path file) throws IOException {
        CRC32C crc = new CRC32C();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                crc.update(chunk, 0, read);
                bytes += read;
            }
        }
        StoredObject object = new StoredObject(FOLDER + names.get(), bytes, (int) crc.getValue());
        store.upload(object.name(), file);
        return object;
    }

    @Override
    public StoredObject store(byte[] content) throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(content);
        StoredObject object = new StoredObject(FOLDER + names.get(), content.length, (int) crc.getValue());
        store.upload(object.name(), content);
        return object;
    }

    @Override
    public InputStream open(StoredObject object) throws IOException {
        return new CheckedObjectStream(store.open(object.name()), object, store.location());
    }

    @Override
    public void fetch(StoredObject object, Path target) throws IOException {
        try (InputStream in = open(object)) {
            Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            String full = FullDisk.sentenceFor(e, target);
            Files.deleteIfExists(target);
            throw full.isEmpty()
                    ? e
                    : new IOException(
                            "Cannot fetch " + object.name() + " to " + target + ": " + e.getMessage() + full, e);
        }
    }
}

package stream.weir.runtime.state.rocksdb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import stream.weir.protocol.checkpoint.StoredObject;
import stream.weir.runtime.state.StateFiles;

/** A store in memory that counts. */
final class KeptFiles implements StateFiles {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final String prefix;

    KeptFiles() {
        this("files/");
    }

    KeptFiles(String prefix) {
        this.prefix = prefix;
    }

    int stored() {
        return names.get();
    }

    @Override
    public StoredObject store(Path file) throws IOException {
        return store(Files.readAllBytes(file));
    }

    @Override
    public StoredObject store(byte[] content) {
        String name = prefix + names.incrementAndGet();
        objects.put(name, content);
        CRC32C crc = new CRC32C();
        crc.update(content);
        return new StoredObject(name, content.length, (int) crc.getValue());
    }

    @Override
    public InputStream open(StoredObject object) {
        return new ByteArrayInputStream(objects.get(object.name()));
    }

    @Override
    public void fetch(StoredObject object, Path target) throws IOException {
        Files.write(target, objects.get(object.name()));
    }
}

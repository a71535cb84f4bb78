package stream.weir.runtime.state;

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

/** A store for tests of backends; it can be told to fail, and its objects can be damaged. Safe for use by any number of threads. */
public final class StateFilesInMemory implements StateFiles {
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean failing;

    /** From now on nothing can be stored. */
    public void fail() {
        failing = true;
    }

    /** From now on everything can be stored. */
    public void heal() {
        failing = false;
    }

    /** The bytes of an object, which may be changed. */
    public byte[] content(StoredObject object) {
        byte[] content = objects.get(object.name());
        if (content == null) {
            throw new AssertionError("no object " + object.name());
        }
        return content;
    }

    public int size() {
        return objects.size();
    }

    @Override
    public StoredObject store(Path file) throws IOException {
        return store(Files.readAllBytes(file));
    }

    @Override
    public StoredObject store(byte[] content) throws IOException {
        if (failing) {
            throw new IOException("the test's store is out of order");
        }
        String name = "files/" + names.incrementAndGet();
        objects.put(name, content.clone());
        return new StoredObject(name, content.length, crc(content));
    }

    @Override
    public InputStream open(StoredObject object) throws IOException {
        byte[] content = content(object);
        if (crc(content) != object.crc32c() || content.length != object.bytes()) {
            throw new CorruptStateException(String.format(
                    "Cannot restore from the test's store: %s: CRC32C is %08x, the manifest says %08x",
                    object.name(), crc(content), object.crc32c()));
        }
        return new ByteArrayInputStream(content);
    }

    @Override
    public void fetch(StoredObject object, Path target) throws IOException {
        try (InputStream in = open(object)) {
            Files.write(target, in.readAllBytes());
        }
    }

    private static int crc(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}

package stream.weir.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store of objects below one prefix. They are immutable, but for those that are {@linkplain #replace replaced}. Names are relative, with {@code /} between parts, made of letters, digits, {@code - _ .}.
 *
 * <p>Every method throws {@link StoreException} on failure; one whose {@link StoreException#outcomeUnknown()} is true may or may not
 * have taken effect.
 */
public interface ObjectStore extends AutoCloseable {
    /** What {@link #create} found. */
    enum Created {
        /** The object is there, durably, with this content. */
        CREATED,
        /** Something was there already; nothing was changed. */
        EXISTS
    }

    /** Creates an object unless there is one of that name: of any number of callers at most one is told CREATED. */
    Created create(String name, byte[] content) throws StoreException;

    /**
     * Reads a whole object, and the version that {@link #replace} asks for; empty where there is none.
     *
     * @param maxBytes a larger object is an error
     */
    Optional<Versioned> readVersioned(String name, int maxBytes) throws StoreException;

    /**
     * Replaces an object of that version: of any number of callers with the same version at most one succeeds, and a reader sees the
     * old content or the new, whole. Equal contents may have equal versions, so a content that can come again needs a nonce in it.
     *
     * @param version as last read, or as the last replacement returned it
     * @return the new version; empty when the object is of another version, or gone, and nothing was changed
     */
    Optional<String> replace(String name, String version, byte[] content) throws StoreException;

    /** Stores a file under a name not used before; durable when it returns. */
    void upload(String name, Path file) throws StoreException;

    /** Stores bytes under a name not used before; durable when it returns. */
    void upload(String name, byte[] content) throws StoreException;

    /**
     * Copies an object within the store, under a name not used before; durable when it returns. Its bytes do not come here where the
     * store can do without. Doing it again is no error.
     *
     * @throws StoreException also when there is no object {@code from}
     */
    void copy(String from, String to) throws StoreException;

    /**
     * Reads a whole object; empty where there is none.
     *
     * @param maxBytes a larger object is an error
     */
    Optional<byte[]> read(String name, int maxBytes) throws StoreException;

    /**
     * Opens an object for reading.
     *
     * @throws StoreException also when there is no such object
     */
    InputStream open(String name) throws StoreException;

    /** All objects whose names begin with {@code prefix}, by name. */
    List<ObjectInfo> list(String prefix) throws StoreException;

    /** Deletes objects; those that are not there count as deleted. */
    void delete(List<String> names) throws StoreException;

    /** For people and errors, for instance {@code file:/data/weir/orders}. */
    String location();

    @Override
    default void close() {}

    /** @param modifiedMillis by the store's clock */
    record ObjectInfo(String name, long bytes, long modifiedMillis) {}

    /**
     * @param content all of it
     * @param version the store's name for this content, good for {@link #replace} only
     */
    record Versioned(byte[] content, String version) {}
}

package stream.weir.store;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store of immutable objects below one prefix. Names are relative, with {@code /} between parts, made of letters, digits, {@code - _ .}.
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

    /** Stores a file under a name not used before; durable when it returns. */
    void upload(String name, Path file) throws StoreException;

    /** Stores bytes under a name not used before; durable when it returns. */
    void upload(String name, byte[] content) throws StoreException;

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
}

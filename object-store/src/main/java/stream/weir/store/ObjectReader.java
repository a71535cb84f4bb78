package stream.weir.store;

import java.io.InputStream;
import java.util.List;
import stream.weir.store.ObjectStore.ObjectInfo;

/**
 * Objects of a bucket that others have put there, under any keys; only read. Every method throws {@link StoreException} on failure.
 * Safe for use by any number of threads; calls block.
 */
public interface ObjectReader extends AutoCloseable {
    /** All objects whose keys begin with {@code prefix}, by key; names are whole keys. */
    List<ObjectInfo> list(String prefix) throws StoreException;

    /**
     * Looks at an object as it is now.
     *
     * @throws StoreException also when there is no such object
     */
    Content open(String key) throws StoreException;

    /** For people and errors, for instance {@code s3://bucket}. */
    String location();

    @Override
    void close();

    /**
     * One content of an object. Reading it when there is another one under the key is an error ({@link StoreFailure#CHANGED}), also of
     * streams that were begun before.
     */
    interface Content {
        /** The store's name for this content. */
        String version();

        long bytes();

        /** Reads on from there; to be closed by the caller. Errors while reading are plain {@code IOException}s. */
        InputStream from(long offset) throws StoreException;

        /** Reads so many bytes with one request. */
        byte[] read(long offset, int length) throws StoreException;
    }
}

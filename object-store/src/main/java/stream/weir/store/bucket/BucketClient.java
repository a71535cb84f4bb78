package stream.weir.store.bucket;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import stream.weir.store.ObjectStore.ObjectInfo;

/**
 * One bucket of a store that speaks S3. Each method makes one request, once: whether to try again is for others to decide. Safe for
 * use by any number of threads; calls block, and all have a time limit.
 */
public interface BucketClient extends AutoCloseable {
    /** What is sent. */
    sealed interface Content {
        long bytes();

        /** Held in memory, and not changed by anybody. */
        record Whole(byte[] content) implements Content {
            @Override
            public long bytes() {
                return content.length;
            }
        }

        /** A part of a file. */
        record Slice(Path file, long offset, long bytes) implements Content {}
    }

    /** On what a put depends. */
    sealed interface Condition {
        record Always() implements Condition {}

        /** {@code If-None-Match: *} */
        record Absent() implements Condition {}

        /** {@code If-Match} */
        record Version(String etag) implements Condition {}
    }

    /** @param last inclusive */
    record Range(long first, long last) {
        public String header() {
            return "bytes=" + first + "-" + last;
        }
    }

    /**
     * @param body to be closed by the caller, which may be before its end
     * @param totalBytes of the whole object
     */
    record Download(InputStream body, String etag, long totalBytes) {}

    /** @param next where the next page begins; empty after the last */
    record Page(List<ObjectInfo> objects, Optional<String> next) {}

    /** A part of an upload; parts are numbered from 1. */
    record Part(String key, String upload, int number) {}

    /** @return the entity tag of what is there now */
    String put(String key, Content content, Condition condition) throws BucketException;

    /**
     * @param range all of it where there is none; one that begins behind the end is answered with 416
     * @param etag when the object has another one, the answer is 412
     */
    Download get(String key, Optional<Range> range, Optional<String> etag) throws BucketException;

    /** Names in the answer are whole keys. */
    Page list(String prefix, Optional<String> from) throws BucketException;

    /** Deletes up to 1000 objects; the exception is about the first that was refused. */
    void delete(List<String> keys) throws BucketException;

    /** @return bytes of the object */
    long size(String key) throws BucketException;

    /** Copies up to 5 GiB. */
    void copy(String from, String to) throws BucketException;

    /** @return the name of a new upload in parts */
    String begin(String key) throws BucketException;

    /** @return the part's entity tag */
    String put(Part part, Content content) throws BucketException;

    /** @return the part's entity tag */
    String copy(Part part, String from, Range range) throws BucketException;

    /** @param etags of all parts, in order */
    void complete(String key, String upload, List<String> etags) throws BucketException;

    void abort(String key, String upload) throws BucketException;

    @Override
    void close();
}

package stream.weir.store.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.store.ObjectReader;
import stream.weir.store.ObjectStore.ObjectInfo;
import stream.weir.store.StoreException;
import stream.weir.store.StoreException.Outcome;
import stream.weir.store.bucket.BucketClient.Download;
import stream.weir.store.bucket.BucketClient.Page;
import stream.weir.store.bucket.BucketClient.Range;
import stream.weir.store.open.StoreEnvironment;

/** An {@link ObjectReader} of a bucket. */
public final class BucketReader implements ObjectReader {
    private static final int BEHIND_THE_END = 416;

    private final BucketClient client;
    private final String location;
    private final BucketLimits limits;
    private final Retries retries;
    private final Transfers transfers;
    private final Failures failures;

    private BucketReader(BucketClient client, Failures failures, BucketLimits limits, StoreEnvironment environment) {
        this.client = client;
        this.location = failures.location();
        this.limits = limits;
        this.retries = new Retries(limits.retries(), environment.pause(), environment.random());
        this.transfers = new Transfers(environment.transfers(), limits.transfers());
        this.failures = failures;
    }

    /**
     * Opens a bucket; makes no request.
     *
     * @param client closed with the reader
     * @param endpoint which the client's requests go to, for errors
     */
    public static BucketReader open(
            BucketClient client, String location, String endpoint, BucketLimits limits, StoreEnvironment environment) {
        return new BucketReader(client, new Failures(location, endpoint), limits, environment);
    }

    @Override
    public List<ObjectInfo> list(String prefix) throws StoreException {
        List<ObjectInfo> found = new ArrayList<>();
        Optional<String> from = Optional.empty();
        try {
            do {
                Optional<String> here = from;
                Page page = retries.call(() -> client.list(prefix, here));
                found.addAll(page.objects());
                from = page.next();
            } while (from.isPresent());
        } catch (BucketException e) {
            throw failures.of("list " + prefix + "*", e, Outcome.NOT_APPLIED);
        }
        return List.copyOf(found);
    }

    @Override
    public Content open(String key) throws StoreException {
        Chunk.Source source = new Chunk.Source(client, retries, key);
        try {
            Download first = source.get(new Range(0, 0), Optional.empty());
            first.body().close();
            return new Opened(source, first.etag(), first.totalBytes());
        } catch (BucketException e) {
            return empty(source, e);
        } catch (IOException e) {
            throw failure(key, BucketException.noAnswer(String.valueOf(e.getMessage()), e));
        }
    }

    /** An object without bytes has no first one to ask for. */
    private Content empty(Chunk.Source source, BucketException why) throws StoreException {
        if (why.status() != BEHIND_THE_END) {
            throw failure(source.key(), why);
        }
        try {
            Download whole = retries.call(() -> client.get(source.key(), Optional.empty(), Optional.empty()));
            whole.body().close();
            return new Opened(source, whole.etag(), whole.totalBytes());
        } catch (BucketException e) {
            throw failure(source.key(), e);
        } catch (IOException e) {
            throw failure(source.key(), BucketException.noAnswer(String.valueOf(e.getMessage()), e));
        }
    }

    private StoreException failure(String key, BucketException e) {
        return failures.of("read " + key, e, Outcome.NOT_APPLIED);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Opened implements Content {
        private final Chunk.Source source;
        private final String etag;
        private final long bytes;

        Opened(Chunk.Source source, String etag, long bytes) {
            this.source = source;
            this.etag = etag;
            this.bytes = bytes;
        }

        @Override
        public String version() {
            return etag;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public InputStream from(long offset) throws StoreException {
            if (offset >= bytes) {
                return InputStream.nullInputStream();
            }
            try {
                return DownloadStream.open(source, transfers, limits.chunkBytes(), offset, etag);
            } catch (BucketException e) {
                throw failure(source.key(), e);
            }
        }

        @Override
        public byte[] read(long offset, int length) throws StoreException {
            if (length == 0) {
                return new byte[0];
            }
            Range range = new Range(offset, offset + length - 1);
            try (Chunk chunk = new Chunk(
                    source, etag, range, source.get(range, Optional.of(etag)).body())) {
                return chunk.readNBytes(length);
            } catch (BucketException e) {
                throw failure(source.key(), e);
            } catch (IOException e) {
                throw failure(source.key(), BucketException.noAnswer(String.valueOf(e.getMessage()), e));
            }
        }
    }
}

package stream.weir.store.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import stream.weir.store.bucket.BucketClient.Download;
import stream.weir.store.bucket.BucketClient.Range;

/**
 * A whole object as a stream. While the reader works on one chunk, the next ones come in beside it, as far as the store's bound allows;
 * so a large object comes over several connections, and memory is bounded for all readers together. Belongs to one thread.
 */
final class DownloadStream extends InputStream {
    /** Chunks that one reader may have in memory. */
    private static final int AHEAD = 3;

    private final Chunk.Source source;
    private final Transfers transfers;
    private final long chunkBytes;
    private final String etag;
    private final long total;
    private final Deque<CompletableFuture<byte[]>> ahead = new ArrayDeque<>();
    private InputStream current;
    /** Where the chunk begins that is asked for next. */
    private long next;

    private boolean holdsPlace;

    private DownloadStream(Chunk.Source source, Transfers transfers, long chunkBytes, long offset, Download first) {
        this.source = source;
        this.transfers = transfers;
        this.chunkBytes = chunkBytes;
        this.etag = first.etag();
        this.total = first.totalBytes();
        this.next = Math.min(offset + chunkBytes, total);
        this.current = new Chunk(source, etag, new Range(offset, next - 1), first.body());
    }

    /** Makes the first request, so that an object that is not there is found out here. */
    static InputStream open(Chunk.Source source, Transfers transfers, long chunkBytes) throws BucketException {
        try {
            Download first = source.get(new Range(0, chunkBytes - 1), Optional.empty());
            return new DownloadStream(source, transfers, chunkBytes, 0, first);
        } catch (BucketException e) {
            if (e.status() == 416) {
                return InputStream.nullInputStream();
            }
            throw e;
        }
    }

    /** As {@link #open(Chunk.Source, Transfers, long)}, of one content, and from an offset before its end. */
    static InputStream open(Chunk.Source source, Transfers transfers, long chunkBytes, long offset, String etag)
            throws BucketException {
        Download first = source.get(new Range(offset, offset + chunkBytes - 1), Optional.of(etag));
        return new DownloadStream(source, transfers, chunkBytes, offset, first);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        askAhead();
        while (true) {
            int read = current.read(target, offset, length);
            if (read > 0) {
                return read;
            }
            if (ahead.isEmpty() && next >= total) {
                return -1;
            }
            nextChunk();
        }
    }

    private void askAhead() {
        while (ahead.size() < AHEAD && next < total && transfers.take()) {
            Range range = range();
            ahead.add(transfers.begun(() -> whole(range)));
            next = range.last() + 1;
        }
    }

    private Range range() {
        return new Range(next, Math.min(total, next + chunkBytes) - 1);
    }

    private byte[] whole(Range range) throws BucketException {
        try (Chunk chunk = chunk(range)) {
            return chunk.readNBytes((int) (range.last() - range.first() + 1));
        } catch (BucketException e) {
            throw e;
        } catch (IOException e) {
            throw BucketException.noAnswer(String.valueOf(e.getMessage()), e);
        }
    }

    private Chunk chunk(Range range) throws BucketException {
        return new Chunk(
                source, etag, range, source.get(range, Optional.of(etag)).body());
    }

    private void nextChunk() throws IOException {
        current.close();
        giveBack();
        CompletableFuture<byte[]> asked = ahead.poll();
        if (asked == null) {
            Range range = range();
            current = chunk(range);
            next = range.last() + 1;
        } else {
            holdsPlace = true;
            current = new ByteArrayInputStream(Transfers.await(asked));
        }
        askAhead();
    }

    private void giveBack() {
        if (holdsPlace) {
            transfers.giveBack();
            holdsPlace = false;
        }
    }

    @Override
    public void close() throws IOException {
        current.close();
        current = InputStream.nullInputStream();
        next = total;
        giveBack();
        // Their memory is in use until they have come in.
        ahead.forEach(asked -> asked.whenComplete((chunk, error) -> transfers.giveBack()));
        ahead.clear();
    }
}

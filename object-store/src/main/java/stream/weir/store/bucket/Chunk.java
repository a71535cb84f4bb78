package stream.weir.store.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import stream.weir.store.bucket.BucketClient.Download;
import stream.weir.store.bucket.BucketClient.Range;

/**
 * A range of an object as a stream. A connection that breaks, or ends early, is followed by another one for the rest; the entity tag
 * makes sure that it is the rest of the same content. Belongs to one thread.
 */
final class Chunk extends InputStream {
    private final BucketClient client;
    private final Retries retries;
    private final String key;
    private final String etag;
    private final long end;
    private long position;
    private InputStream body;
    private int broken;

    /** @param body of the first connection, which has the range from its beginning */
    Chunk(Source source, String etag, Range range, InputStream body) {
        this.client = source.client;
        this.retries = source.retries;
        this.key = source.key;
        this.etag = etag;
        this.position = range.first();
        this.end = range.last() + 1;
        this.body = body;
    }

    /** Where the bytes come from. */
    record Source(BucketClient client, Retries retries, String key) {
        Download get(Range range, Optional<String> etag) throws BucketException {
            return retries.call(() -> client.get(key, Optional.of(range), etag));
        }
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
        while (position < end) {
            try {
                int read = body.read(target, offset, (int) Math.min(length, end - position));
                if (read > 0) {
                    position += read;
                    broken = 0;
                    return read;
                }
                connectAgain(new IOException("the connection ended " + (end - position) + " bytes early"));
            } catch (BucketException e) {
                throw e;
            } catch (IOException e) {
                connectAgain(e);
            }
        }
        return -1;
    }

    private void connectAgain(IOException why) throws BucketException {
        close();
        broken++;
        if (!retries.again(broken)) {
            throw BucketException.noAnswer(
                    "after " + position + " bytes the connection broke " + broken + " times: " + why.getMessage(), why);
        }
        Range rest = new Range(position, end - 1);
        body = retries.call(() -> client.get(key, Optional.of(rest), Optional.of(etag)))
                .body();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Nothing was to be had from it any more.
        }
    }
}

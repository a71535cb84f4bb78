package stream.weir.store.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.http.ContentStreamProvider;
import stream.weir.store.bucket.BucketClient.Content;
import stream.weir.store.bucket.SliceStream;

/** A slice of a file, as often as the SDK reads it: for its signature, its checksum, and to send it. */
final class SliceStreams implements ContentStreamProvider {
    private final Content.Slice slice;
    private InputStream last = InputStream.nullInputStream();

    SliceStreams(Content.Slice slice) {
        this.slice = slice;
    }

    @Override
    public InputStream newStream() {
        try {
            last.close();
            last = SliceStream.open(slice);
            return last;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + slice.file(), e);
        }
    }
}

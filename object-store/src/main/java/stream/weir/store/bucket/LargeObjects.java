package stream.weir.store.bucket;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import stream.weir.store.bucket.BucketClient.Content;
import stream.weir.store.bucket.BucketClient.Part;
import stream.weir.store.bucket.BucketClient.Range;

/** Uploads and copies in parts, several at once; the parts of one that failed are taken back. */
final class LargeObjects {
    /** The most that stores take. */
    private static final int MOST_PARTS = 10_000;

    private final BucketClient client;
    private final Retries retries;
    private final Transfers transfers;

    LargeObjects(BucketClient client, Retries retries, Transfers transfers) {
        this.client = client;
        this.retries = retries;
        this.transfers = transfers;
    }

    void upload(String key, Path file, long bytes, long partBytes) throws BucketException {
        inParts(
                key,
                bytes,
                partBytes,
                (part, range) ->
                        client.put(part, new Content.Slice(file, range.first(), range.last() - range.first() + 1)));
    }

    void copy(String from, String to, long bytes, long partBytes) throws BucketException {
        inParts(to, bytes, partBytes, (part, range) -> client.copy(part, from, range));
    }

    private interface PartRequest {
        String make(Part part, Range range) throws BucketException;
    }

    private void inParts(String key, long bytes, long partBytes, PartRequest request) throws BucketException {
        String upload = retries.call(() -> client.begin(key));
        try {
            List<String> etags = parts(key, upload, ranges(bytes, partBytes), request);
            complete(key, upload, etags, bytes);
        } catch (BucketException | RuntimeException e) {
            abort(key, upload, e);
            throw e;
        }
    }

    private List<String> parts(String key, String upload, List<Range> ranges, PartRequest request)
            throws BucketException {
        List<CompletableFuture<String>> begun = new ArrayList<>();
        for (Range range : ranges) {
            if (begun.stream().anyMatch(CompletableFuture::isCompletedExceptionally)) {
                break;
            }
            Part part = new Part(key, upload, begun.size() + 1);
            begun.add(transfers.beginOrDo(() -> retries.call(() -> request.make(part, range))));
        }
        // All of them, also after a failure: a part that is still on its way would outlive the upload that is taken
        // back.
        begun.forEach(part -> part.handle((etag, error) -> key).join());
        List<String> etags = new ArrayList<>();
        for (CompletableFuture<String> part : begun) {
            etags.add(Transfers.await(part));
        }
        return etags;
    }

    /** Done twice, the second answer is that there is no such upload: then the object tells. */
    private void complete(String key, String upload, List<String> etags, long bytes) throws BucketException {
        try {
            retries.call(() -> {
                client.complete(key, upload, etags);
                return key;
            });
        } catch (BucketException e) {
            if (e.status() != 404 || retries.call(() -> client.size(key)) != bytes) {
                throw e;
            }
        }
    }

    private void abort(String key, String upload, Exception why) {
        try {
            client.abort(key, upload);
        } catch (BucketException e) {
            // A rule of the bucket has to clear it away; what happened before is what matters.
            why.addSuppressed(e);
        }
    }

    static List<Range> ranges(long bytes, long partBytes) {
        long size = Math.max(partBytes, (bytes + MOST_PARTS - 1) / MOST_PARTS);
        List<Range> ranges = new ArrayList<>();
        for (long first = 0; first < bytes; first += size) {
            ranges.add(new Range(first, Math.min(bytes, first + size) - 1));
        }
        return ranges;
    }
}

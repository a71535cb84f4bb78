package stream.weir.store.bucket;

/**
 * Sizes and bounds of a store in a bucket.
 *
 * @param inOnePiece bytes up to which a file is sent with one request
 * @param partBytes of the parts of larger files; at least 5 MiB, which stores ask for
 * @param chunkBytes of the ranges that a download asks for
 * @param copyInOnePiece bytes up to which an object is copied with one request
 * @param copyPartBytes of the parts of larger copies
 * @param transfers parts of uploads, and chunks of downloads in memory, that one store has under way beside its callers' own requests
 */
public record BucketLimits(
        long inOnePiece,
        long partBytes,
        long chunkBytes,
        long copyInOnePiece,
        long copyPartBytes,
        int transfers,
        RetryPolicy retries) {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** At most 32 MiB of memory: eight chunks of a download. Parts of uploads are sent from their file. */
    public static final BucketLimits DEFAULT =
            new BucketLimits(16 * MIB, 8 * MIB, 4 * MIB, 5 * GIB, GIB, 8, RetryPolicy.DEFAULT);

    /** For clients that send what they have in memory: 64 MiB for downloads and uploads, and 8 MiB for each caller. */
    public static final BucketLimits IN_MEMORY =
            new BucketLimits(8 * MIB, 8 * MIB, 4 * MIB, 5 * GIB, GIB, 8, RetryPolicy.DEFAULT);

    public BucketLimits withRetries(RetryPolicy other) {
        return new BucketLimits(inOnePiece, partBytes, chunkBytes, copyInOnePiece, copyPartBytes, transfers, other);
    }

    public BucketLimits withSizes(long newInOnePiece, long newPartBytes, long newChunkBytes) {
        return new BucketLimits(
                newInOnePiece, newPartBytes, newChunkBytes, copyInOnePiece, copyPartBytes, transfers, retries);
    }

    public BucketLimits withCopies(long newCopyInOnePiece, long newCopyPartBytes) {
        return new BucketLimits(
                inOnePiece, partBytes, chunkBytes, newCopyInOnePiece, newCopyPartBytes, transfers, retries);
    }
}

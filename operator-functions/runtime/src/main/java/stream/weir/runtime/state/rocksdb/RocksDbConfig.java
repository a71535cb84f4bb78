package stream.weir.runtime.state.rocksdb;

/**
 * Settings of a backend.
 *
 * @param uploads what a checkpoint stores
 * @param cacheBytes heap of one replica's write-back cache, at least 1 KiB
 * @param pageBytes unit in which the cache is filled, frozen and emptied: a power of two from 256 bytes to 16 MiB
 * @param parallelUploads files stored or fetched at a time, at least 1
 * @param changeBytes of changes that a checkpoint may have beside the files of the database, about: a restore makes them again
 * @param changeFiles of captures that these may be of, at least 1; a capture may have several, which are counted as one
 */
public record RocksDbConfig(
        Uploads uploads, long cacheBytes, int pageBytes, int parallelUploads, long changeBytes, int changeFiles) {
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** The part of the files that a checkpoint stores. */
    public enum Uploads {
        /** Those that the last completed checkpoint does not have, and what has changed since as it is. */
        INCREMENTAL,
        /** All of them, each time. */
        FULL
    }

    /**
     * 64 MiB of cache; pages of 256 KiB stay below the size at which collectors treat arrays apart; 4 transfers at a time; 128 MiB of
     * changes, which are made again within a second, or those of 16 captures.
     */
    public static final RocksDbConfig DEFAULT =
            new RocksDbConfig(Uploads.INCREMENTAL, 64 * MIB, (int) (256 * KIB), 4, 128 * MIB, 16);

    public RocksDbConfig {
        if (cacheBytes < KIB || cacheBytes > 16 * KIB * MIB) {
            throw new IllegalArgumentException(
                    "cache of " + cacheBytes + " bytes: it has to be between 1 KiB and 16 GiB for each replica");
        }
        if (Integer.bitCount(pageBytes) != 1 || pageBytes < 256 || pageBytes > 16 * MIB) {
            throw new IllegalArgumentException(
                    "pages of " + pageBytes + " bytes: it has to be a power of two from 256 bytes to 16 MiB");
        }
        if (parallelUploads < 1) {
            throw new IllegalArgumentException(parallelUploads + " parallel uploads: it has to be at least 1");
        }
        if (changeBytes < 1 || changeFiles < 1) {
            throw new IllegalArgumentException(
                    changeBytes + " bytes of changes in " + changeFiles + " files: each has to be at least 1");
        }
    }

    public RocksDbConfig withUploads(Uploads newUploads) {
        return new RocksDbConfig(newUploads, cacheBytes, pageBytes, parallelUploads, changeBytes, changeFiles);
    }

    public RocksDbConfig withCacheBytes(long newCacheBytes) {
        return new RocksDbConfig(uploads, newCacheBytes, pageBytes, parallelUploads, changeBytes, changeFiles);
    }

    public RocksDbConfig withPageBytes(int newPageBytes) {
        return new RocksDbConfig(uploads, cacheBytes, newPageBytes, parallelUploads, changeBytes, changeFiles);
    }

    public RocksDbConfig withChanges(long newChangeBytes, int newChangeFiles) {
        return new RocksDbConfig(uploads, cacheBytes, pageBytes, parallelUploads, newChangeBytes, newChangeFiles);
    }
}

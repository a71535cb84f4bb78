/**
 * Keyed state larger than the heap: one RocksDB database per replica behind a write-back cache.
 *
 * <p>A read from RocksDB costs about five times a write, so the cache exists to avoid reads. All writes go into a log of pages on the
 * heap ({@link stream.weir.runtime.state.rocksdb.CacheLog}) or into sorted maps ({@link
 * stream.weir.runtime.state.rocksdb.RocksOrderedTable}). When a part of them is full, or at a capture, that part is <em>frozen</em>: it
 * is only read from then on, recorded for the next checkpoint ({@link stream.weir.runtime.state.rocksdb.ChangeRecorder}), and when there
 * is no more room the backend's one writer puts what is new in it into RocksDB, in order. What has been written stays as a read
 * cache until its room is wanted.
 *
 * <p>Panes that come and go between two freezes never reach RocksDB and are never looked for there. A merge combines in the cache and reads
 * only a key that the cache does not hold and whose pane RocksDB has: deltas in RocksDB beside the value would have to be combined by
 * whoever reads next, after a restore and after a change of schema too, and only callers of {@code merge} know how.
 *
 * <p>Threads: tables and captures are used on the replica's thread. RocksDB is written by the {@link
 * stream.weir.runtime.state.rocksdb.SerialWriter} alone, one task after another, and read by both. As a link of the database is a task behind
 * the flush of everything frozen before it, nothing newer can be in it. Changes are recorded by another writer of that kind. There is no write-ahead log: the checkpoint is the log.
 */
@NullMarked
package stream.weir.runtime.state.rocksdb;

import org.jspecify.annotations.NullMarked;

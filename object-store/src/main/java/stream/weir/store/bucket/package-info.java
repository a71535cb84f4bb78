/**
 * All that stores with buckets have in common, over a client that makes one attempt at one request: names and keys, retries, large
 * files in parts, downloads that go on after a broken connection, and what an answer means. Safe for use by any number of threads.
 */
@NullMarked
package stream.weir.store.bucket;

import org.jspecify.annotations.NullMarked;

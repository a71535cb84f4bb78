/**
 * Stores in buckets through the AWS SDK for Java. Only this package knows it. One attempt for each request: what follows a failure is
 * decided in {@link stream.weir.store.bucket}, in one place for all clients.
 */
@NullMarked
package stream.weir.store.s3;

import org.jspecify.annotations.NullMarked;

/**
 * Objects of buckets as source and as exactly-once sink, over the object store's port, so with either of its clients.
 *
 * <p><b>Source.</b> The objects below a prefix as {@link stream.weir.connector.format.input} reads files; their version is the entity
 * tag, so that an object that was replaced while it is read, or between a checkpoint and its restore, is an error.
 *
 * <p><b>Sink.</b> Rows go to files on local disk. When a checkpoint is taken they are uploaded below {@code _pending/}, each a whole
 * object; when it is complete they are copied to their final names, and removed from there. Doing either again changes nothing.
 *
 * <p>Readers and writers are used by one thread each, as the contracts of {@link stream.weir.api.source} and {@link
 * stream.weir.api.sink} say.
 */
@NullMarked
package stream.weir.connector.s3;

import org.jspecify.annotations.NullMarked;

/**
 * Files that are read as records, wherever they are: a folder, a bucket. A split is a file; its name is the path below the place that
 * is read. A file is read from its beginning to its end, by one replica, one file after the other in the order of their names; the
 * position tells the next record, and which content of the file it was. Files have to be whole when they appear and must not change
 * afterwards.
 *
 * <p>What is finished is remembered by name for a while, and beyond that by time of modification alone ({@link
 * stream.weir.connector.format.input.FinishedFiles}), so that a place that is watched for ever needs a bounded checkpoint.
 *
 * <p>Everything here belongs to the thread of its replica; only {@link stream.weir.connector.format.input.FileStore#list} may be
 * called on another one.
 */
@NullMarked
package stream.weir.connector.format.input;

import org.jspecify.annotations.NullMarked;

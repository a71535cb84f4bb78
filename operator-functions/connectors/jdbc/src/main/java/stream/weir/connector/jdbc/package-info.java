/**
 * Tables of a relational database as a sink that writes each row exactly once by its key.
 *
 * <p>Written ahead: the rows of a checkpoint are kept in a local file, which goes into the checkpoint. Once the checkpoint is
 * complete one transaction of the database writes them, together with the checkpoint's id in a table of ours ({@link
 * stream.weir.connector.jdbc.CommitTable}). Whoever recovers takes the row of the earlier writer over, which waits for what that one
 * has under way, and so knows what was committed. No transaction is open across a checkpoint. Everything happens on the replica's
 * thread, but that files are closed on another one.
 */
@NullMarked
package stream.weir.connector.jdbc;

import org.jspecify.annotations.NullMarked;

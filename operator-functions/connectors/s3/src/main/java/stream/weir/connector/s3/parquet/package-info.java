/**
 * Parquet files as rows, by the Parquet project's own library without a Hadoop installation: its configuration is a plain one, and the
 * compression is ours ({@link stream.weir.connector.s3.parquet.PageCodecs}), so that of Hadoop only the few interfaces are loaded that
 * the library's classes extend. One thread at a time.
 */
@NullMarked
package stream.weir.connector.s3.parquet;

import org.jspecify.annotations.NullMarked;

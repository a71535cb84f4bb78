/**
 * Rows made up by rules as a source, and standard output as a sink.
 *
 * <p>Record <i>i</i> depends on the seed and on <i>i</i> only, so any number of replicas, in any course of crashes and restores,
 * yields the same records. A split is every <i>n</i>th record; its position is the index of its next one.
 */
@NullMarked
package stream.weir.connector.generator;

import org.jspecify.annotations.NullMarked;

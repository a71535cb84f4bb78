/**
 * What users implement. One instance serves one replica; it is opened once, called on the replica's thread only, and closed
 * once. An exception fails the checkpointed run: the pipeline goes back to its last checkpoint.
 */
@NullMarked
package stream.weir.api.function;

import org.jspecify.annotations.NullMarked;

/**
 * Where records go. A writer that prepares at the barrier and commits after the checkpoint is complete writes exactly once.
 */
@NullMarked
package stream.weir.api.sink;

import org.jspecify.annotations.NullMarked;

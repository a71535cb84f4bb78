/** The replica: the one place that knows channels, alignment, functions, state and snapshots, and joins them. */
@NullMarked
package stream.weir.runtime.stage;

import org.jspecify.annotations.NullMarked;
